package io.millrace.tests.harness;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The Spark peer that some machines have beside the project: another maker and judge of tables. It
 * is built from a copy, in the build folder.
 */
public final class PeerProgram implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private PeerProgram(Process process) {
        this.process = requireNonNull(process, "process is null");
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Where the peer's sources are; empty on a machine that has none. */
    public static Optional<Path> sources() {
        Path peer = Millrace.root().resolveSibling("shared").resolve("peers/spark");
        return Files.isRegularFile(peer.resolve("pom.xml")) ? Optional.of(peer) : Optional.empty();
    }

    /** Builds it if need be and starts it in a folder, which receives what Spark leaves. */
    public static PeerProgram start(Path sources, Path folder) throws Exception {
        Path build = Millrace.root().resolve("tests/target/peer");
        copy(sources, build);
        if (!Files.isDirectory(build.resolve("target/lib"))) {
            Process maven =
                    new ProcessBuilder(
                                    System.getProperty("maven.executable", "mvn"),
                                    "-q",
                                    "-B",
                                    "package")
                            .directory(build.toFile())
                            .inheritIO()
                            .start();
            if (maven.waitFor() != 0) {
                throw new AssertionError("the peer does not build");
            }
        }
        ProcessBuilder builder =
                new ProcessBuilder(build.resolve("peer.sh").toString(), "-")
                        .directory(folder.toFile())
                        .redirectError(folder.resolve("peer.log").toFile());
        builder.environment().put("HEAP", "1500m");
        return new PeerProgram(builder.start());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copied = to.resolve(from.relativize(file));
                Files.createDirectories(copied.getParent());
                Files.copy(
                        file,
                        copied,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Carries out one command; fails with what it printed if the command does. */
    public void run(String... words) {
        StringBuilder printed = new StringBuilder();
        try {
            in.write(String.join(" ", List.of(words)) + "\n");
            in.flush();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals("EXIT 0")) {
                    return;
                }
                if (line.startsWith("EXIT ")) {
                    throw new AssertionError(String.join(" ", words) + ":\n" + printed);
                }
                printed.append(line).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("the peer has ended; see peer.log");
    }

    @Override
    public void close() throws Exception {
        in.close();
        process.waitFor();
    }
}
