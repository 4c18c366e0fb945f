package io.millrace.codegraph.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A {@code -sources.jar}: one release of a library. */
final class JarSnapshot extends Snapshot {
    private static final Pattern SUFFIX = Pattern.compile("(-sources)?\\.(jar|zip)$");

    private final Path jar;
    private final Predicate<String> accepted;

    JarSnapshot(Path jar, Predicate<String> accepted) {
        super(SUFFIX.matcher(jar.getFileName().toString()).replaceFirst(""));
        this.jar = jar;
        this.accepted = accepted;
    }

    static boolean isJar(Path file) {
        return SUFFIX.matcher(file.getFileName().toString()).find();
    }

    @Override
    boolean released() {
        return true;
    }

    @Override
    List<TreeFile> files() throws IOException {
        List<TreeFile> files = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!entry.isDirectory() && accepted.test(entry.getName())) {
                    byte[] bytes = read(zip, entry);
                    files.add(new TreeFile(entry.getName(), Sha256.hex(bytes), () -> bytes));
                }
            }
        }
        files.sort(Comparator.comparing(TreeFile::path));
        return files;
    }

    private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
