package io.millrace.tests.sql;

import io.millrace.tests.sql.SqlCase.Kind;
import io.millrace.tests.sql.SqlCase.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of a statement.
 *
 * @param rows as they came; empty where it failed
 */
record CaseOutcome(List<String> rows, Optional<String> error) {
    private static final int KIND_LENGTH = "{\"_op\":\"+I\",".length();

    CaseOutcome {
        rows = List.copyOf(rows);
    }

    static CaseOutcome of(CaseSession session, Step step) {
        try {
            return new CaseOutcome(session.run(step.sql()), Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (Exception e) {
            return new CaseOutcome(List.of(), Optional.of(CaseSession.message(e)));
        }
    }

    boolean fits(Step step) {
        if (step.kind() == Kind.ERROR) {
            String expected = step.error().orElseThrow();
            return error.isPresent() && error.get().contains(expected);
        }
        return error.isEmpty()
                && (step.kind() == Kind.NONE || shown(step.kind()).equals(expected(step)));
    }

    private static List<String> expected(Step step) {
        return step.kind() == Kind.ORDERED ? step.rows() : step.rows().stream().sorted().toList();
    }

    /** The rows in the form in which they are compared. */
    List<String> shown(Kind kind) {
        return switch (kind) {
            case ORDERED -> rows;
            case ROWS -> left().stream().sorted().toList();
            case NONE, CHANGES, ERROR -> rows.stream().sorted().toList();
        };
    }

    /** What is left of a changelog; rows that are no changes stay. */
    private List<String> left() {
        List<String> left = new ArrayList<>();
        for (String row : rows) {
            if (!row.startsWith("{\"_op\":")) {
                left.add(row);
                continue;
            }
            String values = "{" + row.substring(KIND_LENGTH);
            if (row.startsWith("{\"_op\":\"+")) {
                left.add(values);
            } else if (!left.remove(values)) {
                throw new AssertionError("taken back without having been there: " + values);
            }
        }
        return left;
    }

    /** The lines that a case file would have for it. */
    List<String> lines(Step step) {
        List<String> lines = new ArrayList<>();
        if (error.isPresent()) {
            lines.add("-- error: " + error.get());
            return lines;
        }
        if (step.kind() == Kind.NONE) {
            return lines;
        }
        Kind kind = step.kind() == Kind.ERROR ? Kind.ROWS : step.kind();
        lines.add(
                switch (kind) {
                    case ORDERED -> "-- rows in order";
                    case CHANGES -> "-- changes";
                    case NONE, ROWS, ERROR -> "-- rows";
                });
        shown(kind).forEach(row -> lines.add("-- " + row));
        return lines;
    }
}
