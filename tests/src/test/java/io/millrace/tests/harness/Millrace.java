package io.millrace.tests.harness;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The launcher of this project, each call a process of its own. */
public final class Millrace {

    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final Path launcher;
    private final Path workFolder;
    private final Map<String, String> environment = new HashMap<>();

    /** Starts processes in the given folder. */
    public Millrace(Path workFolder) {
        this(root().resolve("millrace"), workFolder);
    }

    /** Starts processes through another path to the launcher. */
    public Millrace(Path launcher, Path workFolder) {
        this.launcher = requireNonNull(launcher, "launcher is null");
        this.workFolder = requireNonNull(workFolder, "workFolder is null");
    }

    /** Sets a variable of the environment of processes that are started from now on. */
    public void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** The project's root. */
    public static Path root() {
        String root = System.getProperty("millrace.root");
        return Path.of(root == null ? ".." : root).toAbsolutePath().normalize();
    }

    /** A process that runs, its output in files. */
    public record Running(Process process, Path out, Path err) {

        /** SIGKILL: nothing is cleaned up. */
        public void kill() throws InterruptedException {
            process.destroyForcibly();
            process.waitFor();
        }

        public Outcome await() throws InterruptedException {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError("does not end:\n" + text(err));
            }
            return new Outcome(process.exitValue(), text(out), text(err));
        }
    }

    /** What a process left. */
    public record Outcome(int exit, String out, String err) {

        /** The one JSON document that standard output has to be. */
        public JsonNode json() {
            try {
                return new ObjectMapper().readTree(out);
            } catch (IOException e) {
                throw new AssertionError("not one JSON document: " + out, e);
            }
        }

        /** The last line of standard error. */
        public String lastLine() {
            return err.lines().reduce("", (before, line) -> line);
        }

        /** Itself if the exit code is this one; fails with all output if not. */
        public Outcome expect(int code) {
            if (exit != code) {
                throw new AssertionError(
                        "exit code " + exit + " instead of " + code + "\n" + out + "\n" + err);
            }
            return this;
        }
    }

    public Running start(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(launcher.toString());
        command.addAll(Arrays.asList(arguments));
        try {
            Path out = Files.createTempFile(workFolder, "out", ".txt");
            Path err = Files.createTempFile(workFolder, "err", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(workFolder.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().put("MILLRACE_HEAP", "1g");
            builder.environment().putAll(environment);
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Outcome run(String... arguments) throws InterruptedException {
        return start(arguments).await();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
