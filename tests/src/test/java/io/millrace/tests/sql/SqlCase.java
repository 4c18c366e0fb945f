package io.millrace.tests.sql;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Statements, and what comes of each; the README beside the case files says how they are written.
 *
 * @param place file and line, for test names
 * @param stream whether they run in a streaming session
 */
record SqlCase(String place, String name, boolean stream, List<Step> steps) {

    SqlCase {
        requireNonNull(place, "place is null");
        requireNonNull(name, "name is null");
        steps = List.copyOf(steps);
    }

    /** What is expected of a statement. */
    enum Kind {
        /** Nothing but success. */
        NONE,
        /** These rows, in any order; of a changelog those that are left in the end. */
        ROWS,
        /** These rows in this order. */
        ORDERED,
        /** These changes, in any order. */
        CHANGES,
        /** A failure. */
        ERROR
    }

    /**
     * One statement.
     *
     * @param line line of its first expectation line in the file, from 0; where there is none, the
     *     line after the statement
     * @param expectedLines how many lines the expectation has
     * @param rows JSON of each expected row
     * @param error what the expected error begins with or has in it
     */
    record Step(
            String sql,
            Kind kind,
            int line,
            int expectedLines,
            List<String> rows,
            Optional<String> error) {

        Step {
            requireNonNull(sql, "sql is null");
            requireNonNull(kind, "kind is null");
            rows = List.copyOf(rows);
            requireNonNull(error, "error is null");
        }
    }

    /** The cases of a file. */
    static List<SqlCase> parse(String file, List<String> lines) {
        return new Parser(file, lines).cases();
    }

    private static final class Parser {
        private static final String CASE = "-- case: ";
        private static final String STREAM = "stream: ";

        private final String file;
        private final List<String> lines;
        private final List<SqlCase> cases = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private int line;

        Parser(String file, List<String> lines) {
            this.file = file;
            this.lines = lines;
        }

        List<SqlCase> cases() {
            while (line < lines.size() && !lines.get(line).startsWith(CASE)) {
                line++;
            }
            while (line < lines.size()) {
                String place = file + ":" + (line + 1);
                String title = lines.get(line++).substring(CASE.length()).strip();
                boolean stream = title.startsWith(STREAM);
                steps.clear();
                while (line < lines.size() && !lines.get(line).startsWith(CASE)) {
                    step();
                }
                cases.add(
                        new SqlCase(
                                place,
                                stream ? title.substring(STREAM.length()) : title,
                                stream,
                                steps));
            }
            return cases;
        }

        private void step() {
            StringBuilder sql = new StringBuilder();
            while (line < lines.size() && isSql(lines.get(line))) {
                sql.append(lines.get(line++)).append('\n');
                if (sql.toString().endsWith(";\n")) {
                    break;
                }
            }
            if (sql.toString().isBlank()) {
                if (line < lines.size() && !lines.get(line).startsWith(CASE)) {
                    line++;
                }
                return;
            }
            String text = sql.substring(0, sql.lastIndexOf(";")).stripLeading();
            steps.add(expectation(text));
        }

        private static boolean isSql(String text) {
            return !text.startsWith("-- ");
        }

        private Step expectation(String sql) {
            int first = line;
            if (line == lines.size()
                    || isSql(lines.get(line))
                    || lines.get(line).startsWith(CASE)) {
                return new Step(sql, Kind.NONE, first, 0, List.of(), Optional.empty());
            }
            String head = lines.get(line++).substring(3);
            if (head.startsWith("error: ")) {
                return new Step(
                        sql, Kind.ERROR, first, 1, List.of(), Optional.of(head.substring(7)));
            }
            Kind kind =
                    switch (head) {
                        case "rows" -> Kind.ROWS;
                        case "rows in order" -> Kind.ORDERED;
                        case "changes" -> Kind.CHANGES;
                        default ->
                                throw new IllegalArgumentException(
                                        file + ":" + line + ": unknown expectation: " + head);
                    };
            List<String> rows = new ArrayList<>();
            while (line < lines.size() && lines.get(line).startsWith("-- {")) {
                rows.add(lines.get(line++).substring(3));
            }
            return new Step(sql, kind, first, line - first, rows, Optional.empty());
        }
    }
}
