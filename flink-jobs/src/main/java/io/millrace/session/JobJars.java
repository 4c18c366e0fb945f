package io.millrace.session;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a session cluster needs of this process's class path: our own classes and what Flink does
 * not bring.
 */
final class JobJars {
    private static final Pattern CLUSTER_OR_CLIENT_ONLY =
            Pattern.compile(
                    "(flink-|scala-|log4j-|slf4j-|picocli|org\\.eclipse\\.jgit|jline|junit|assertj|lz4-|"
                            + "error_prone|jsr305|apiguardian).*");

    private JobJars() {}

    static List<String> ofClassPath() {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            if (Files.isDirectory(path)) {
                jars.add(pack(path).toString());
            } else if (entry.endsWith(".jar")
                    && Files.exists(path)
                    && !CLUSTER_OR_CLIENT_ONLY.matcher(path.getFileName().toString()).matches()) {
                jars.add(path.toString());
            }
        }
        return jars;
    }

    private static Path pack(Path folder) {
        try {
            Path jar = Files.createTempFile("millrace-", ".jar");
            jar.toFile().deleteOnExit();
            try (OutputStream file = Files.newOutputStream(jar);
                    JarOutputStream out = new JarOutputStream(file);
                    Stream<Path> files = Files.walk(folder)) {
                for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                    out.putNextEntry(
                            new JarEntry(folder.relativize(each).toString().replace('\\', '/')));
                    Files.copy(each, out);
                    out.closeEntry();
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be packed for the cluster", e);
        }
    }
}
