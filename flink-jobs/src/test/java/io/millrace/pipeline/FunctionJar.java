package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A jar with a function of a user, compiled and packed by the test. */
final class FunctionJar {

    private FunctionJar() {}

    /**
     * Packs a class {@code user.Exclaim}: a function of this name that appends a mark.
     *
     * @param name of the function in SQL
     * @param described whether it has documentation
     */
    static Path write(Path folder, String name, String mark, boolean described) throws IOException {
        Path work = Files.createTempDirectory(folder, "source");
        Path source = work.resolve("user/Exclaim.java");
        Files.createDirectories(source.getParent());
        Files.writeString(
                source,
                """
                package user;

                import io.millrace.functions.FunctionDoc;
                import org.apache.flink.table.functions.ScalarFunction;

                @FunctionDoc(
                        name = "%s",
                        arguments = @FunctionDoc.Argument(name = "s", type = "STRING"),
                        returns = "STRING",
                        doc = "%s",
                        nulls = "Null for null.",
                        tags = {"string_norm", "deterministic"},
                        examples = "%s('a') => a%s")
                public class Exclaim extends ScalarFunction {
                    public String eval(String s) {
                        return s == null ? null : Mark.on(s);
                    }
                }
                """
                        .formatted(name, described ? "The text with a mark." : "", name, mark));
        Path other = work.resolve("user/Mark.java");
        Files.writeString(
                other,
                "package user; class Mark { static String on(String s) { return s + \"%s\"; } }"
                        .formatted(mark));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int failed =
                compiler.run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("surefire.test.class.path", "")
                                + System.getProperty("path.separator")
                                + System.getProperty("java.class.path"),
                        source.toString(),
                        other.toString());
        assertThat(failed).isZero();
        Path jar = folder.resolve("user.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Path each : classes(work)) {
                out.putNextEntry(new JarEntry(work.relativize(each).toString()));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
        return jar;
    }

    private static List<Path> classes(Path work) throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            return files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
    }
}
