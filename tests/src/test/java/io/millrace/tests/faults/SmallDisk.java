package io.millrace.tests.faults;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder in memory of a fixed size, which can be filled up; needs to be root. */
final class SmallDisk implements AutoCloseable {

    private static final int CHUNK = 1 << 20;

    private final Path folder;
    private final boolean mounted;

    /** Mounts it, if this user may. */
    SmallDisk(Path folder, int megabytes) throws IOException, InterruptedException {
        this.folder = requireNonNull(folder, "folder is null");
        Files.createDirectories(folder);
        this.mounted = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs") == 0;
    }

    boolean isMounted() {
        return mounted;
    }

    /** Leaves no byte. */
    void fill() throws IOException {
        byte[] zeros = new byte[CHUNK];
        try (OutputStream out = Files.newOutputStream(filler())) {
            for (int size = CHUNK; size > 0; ) {
                try {
                    out.write(zeros, 0, size);
                } catch (IOException e) {
                    size /= 2;
                }
            }
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    private int run(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(command));
        words.add(folder.toString());
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (mounted) {
            run("umount", "-l");
        }
    }
}
