package io.millrace.tests.harness;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Spark in a JVM and on a class path of its own; see folder {@code spark} of this module. */
public final class SparkProgram implements AutoCloseable {

    private static final List<String> OPENS =
            List.of(
                    "java.lang",
                    "java.lang.invoke",
                    "java.lang.reflect",
                    "java.io",
                    "java.net",
                    "java.nio",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "jdk.internal.ref",
                    "sun.nio.ch",
                    "sun.nio.cs",
                    "sun.security.action",
                    "sun.util.calendar");

    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private SparkProgram(Process process) {
        this.process = requireNonNull(process, "process is null");
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts it in a folder, which receives what Spark leaves. */
    public static SparkProgram start(Path folder) {
        Path build = Path.of(System.getProperty("spark.home"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(jvmOptions());
        command.add("-cp");
        command.add(build.resolve("classes") + ":" + build.resolve("lib") + "/*");
        command.add("io.millrace.spark.Main");
        try {
            return new SparkProgram(
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectError(folder.resolve("spark.log").toFile())
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Spark reaches for by reflection on JDK 17. */
    static List<String> jvmOptions() {
        return Stream.concat(
                        OPENS.stream().map(p -> "--add-opens=java.base/" + p + "=ALL-UNNAMED"),
                        Stream.of("-Djdk.reflect.useDirectMethodHandle=false"))
                .toList();
    }

    /** Carries out one command and gives back what it printed; fails if the command does. */
    public List<String> run(String... words) {
        try {
            in.write(String.join("\t", words));
            in.write('\n');
            in.flush();
            List<String> lines = new ArrayList<>();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals("OK")) {
                    return lines;
                }
                if (line.startsWith("FAILED ")) {
                    throw new AssertionError(String.join(" ", words) + ": " + line.substring(7));
                }
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("Spark has ended; see spark.log");
    }

    @Override
    public void close() throws Exception {
        in.close();
        process.waitFor();
    }
}
