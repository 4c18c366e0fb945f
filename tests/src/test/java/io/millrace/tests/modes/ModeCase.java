package io.millrace.tests.modes;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Statements on a table {@code t}, and what comes of each; the README beside the case files says
 * how they are written.
 *
 * @param file name of the case file
 * @param steps in order
 */
record ModeCase(String file, String name, List<Step> steps) {

    ModeCase {
        requireNonNull(file, "file is null");
        requireNonNull(name, "name is null");
        steps = List.copyOf(steps);
    }

    /**
     * One statement.
     *
     * @param expected by word: {@code rows}, {@code feed}, {@code error} or {@code version}
     */
    record Step(String sql, Map<String, String> expected) {

        Step {
            requireNonNull(sql, "sql is null");
            expected = Map.copyOf(expected);
        }

        /** The expected rows or changes, sorted. */
        List<String> lines(String word) {
            return Arrays.stream(expected.get(word).split("\\|"))
                    .map(String::trim)
                    .filter(line -> !line.isEmpty())
                    .sorted()
                    .toList();
        }
    }

    static List<ModeCase> all(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .flatMap(file -> read(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ModeCase> read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<ModeCase> cases = new ArrayList<>();
        for (String part : text.split("(?m)^-- case: ")) {
            if (!part.isBlank()) {
                int end = part.indexOf('\n');
                cases.add(
                        new ModeCase(
                                file.getFileName().toString(),
                                part.substring(0, end).trim(),
                                steps(part.substring(end))));
            }
        }
        return cases;
    }

    private static List<Step> steps(String text) {
        List<Step> steps = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        Map<String, String> expected = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("-- ")) {
                int colon = line.indexOf(':');
                expected.put(line.substring(3, colon), line.substring(colon + 1).trim());
            } else if (!line.isBlank()) {
                if (!expected.isEmpty() || sql.toString().endsWith(";\n")) {
                    steps.add(step(sql, expected));
                }
                sql.append(line).append('\n');
            }
        }
        steps.add(step(sql, expected));
        return steps;
    }

    private static Step step(StringBuilder sql, Map<String, String> expected) {
        String statement = sql.toString().trim();
        Step step = new Step(statement.substring(0, statement.length() - 1), expected);
        sql.setLength(0);
        expected.clear();
        return step;
    }

    @Override
    public String toString() {
        return file + ": " + name;
    }
}
