package io.millrace.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.tests.harness.SparkProgram;
import io.millrace.tests.interop.FeedReader.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tables that Spark has made and changed by all it can do to one: our changelog, replayed to each
 * version, is that version as Spark reads it. Or the stream stops, and says why and where.
 */
@Tag("interop")
class SparkFeedsITCase {

    @TempDir static Path shared;

    private static Path base;

    @BeforeAll
    static void makeTables() throws Exception {
        base = shared.resolve("tables");
        try (SparkProgram spark = SparkProgram.start(shared)) {
            spark.run("feeds", base.toString());
        }
    }

    /** {@code columns}: the version whose columns the plan knows. */
    @ParameterizedTest
    @CsvSource({
        "with_vectors, newest",
        "without_vectors, newest",
        "partitioned, newest",
        "clustered, newest",
        "generated, newest",
        "evolved, 0",
        "widened, newest"
    })
    void theFeedReplayedToAVersionIsThatVersion(String name, String columns) throws Exception {
        long last = newest(name);
        long planned = columns.equals("newest") ? last : Long.parseLong(columns);

        assertThat(differences(name, planned, 0, last)).isEmpty();
    }

    @Test
    void aRenamedOrDroppedColumnStopsTheStreamAndACorrectedPlanGoesOnThere() throws Exception {
        long renamed = firstWithout("mapped", "amount");
        long dropped = firstWithout("mapped", "n");

        assertThat(differences("mapped", 0, 0, renamed - 1)).isEmpty();
        assertStops("mapped", 0, 0, renamed, "column amount ");
        assertThat(differences("mapped", renamed, renamed, dropped - 1)).isEmpty();
        assertStops("mapped", renamed, renamed, dropped, "column n ");
        assertThat(differences("mapped", dropped, dropped, newest("mapped"))).isEmpty();
    }

    @Test
    void aPlanForNarrowTypesStopsWhereTheyGrow() throws Exception {
        long widened = 0;
        RowType narrow = FeedReader.columns(base.resolve("widened"), 0);
        while (FeedReader.columns(base.resolve("widened"), widened).equals(narrow)) {
            widened++;
        }

        assertThat(differences("widened", 0, 0, widened - 1)).isEmpty();
        assertStops("widened", 0, 0, widened, "column n ");
    }

    /** Version 2 and 3 delete rows, version 4 and 5 are the VACUUM. */
    @Test
    void aVacuumedWindowNamesTheFirstReadableVersion() throws Exception {
        assertThatThrownBy(() -> FeedReader.changes(base.resolve("vacuumed"), 5, 1, 3))
                .hasStackTraceContaining("vacuumed: cannot read the change feed of vacuumed")
                .hasStackTraceContaining("at version 1")
                .hasStackTraceContaining("first readable version is 4");
        assertThat(FeedReader.changes(base.resolve("vacuumed"), 5, 4, 5)).isEmpty();
    }

    private static void assertStops(
            String name, long planned, long first, long version, String reason) {
        assertThatThrownBy(() -> FeedReader.changes(base.resolve(name), planned, first, version))
                .hasStackTraceContaining(": cannot read the change feed of " + name)
                .hasStackTraceContaining(" at version " + version + ": " + reason);
    }

    /** Per version what differs between Spark's rows and the changes applied up to it. */
    private static List<String> differences(String name, long planned, long first, long last)
            throws Exception {
        RowType columns = FeedReader.columns(base.resolve(name), planned);
        // Several subtasks emit versions, each in order.
        List<Change> changes =
                FeedReader.changes(base.resolve(name), planned, first, last).stream()
                        .sorted(Comparator.comparingLong(Change::version))
                        .toList();
        TreeMap<String, Integer> rows = new TreeMap<>();
        if (first > 0) {
            // A plan for renamed columns starts with the version that renames, which has no rows.
            sparkRows(name, first, columns).forEach(row -> rows.merge(row, 1, Integer::sum));
        }
        List<String> differences = new ArrayList<>();
        int next = 0;
        for (long version = first; version <= last; version++) {
            while (next < changes.size() && changes.get(next).version() == version) {
                Change change = changes.get(next++);
                int count =
                        rows.merge(change.row().toString(), change.adds() ? 1 : -1, Integer::sum);
                if (count < 0) {
                    differences.add("version " + version + ": too early or too often: " + change);
                } else if (count == 0) {
                    rows.remove(change.row().toString());
                }
            }
            difference(rows, sparkRows(name, version, columns), "version " + version, differences);
        }
        if (next < changes.size()) {
            differences.add("too late: " + changes.get(next));
        }
        return differences;
    }

    private static void difference(
            Map<String, Integer> rows,
            List<String> spark,
            String version,
            List<String> differences) {
        TreeMap<String, Integer> left = new TreeMap<>(rows);
        spark.forEach(row -> left.merge(row, -1, Integer::sum));
        left.values().removeIf(count -> count == 0);
        if (!left.isEmpty()) {
            differences.add(
                    version
                            + ": too many (> 0) or missing (< 0): "
                            + left.entrySet().stream().limit(4).toList());
        }
    }

    /** Spark's rows of a version, with the columns given; those it did not have yet are null. */
    private static List<String> sparkRows(String name, long version, RowType columns)
            throws IOException {
        List<String> lines =
                Files.readAllLines(
                        base.resolve(name + ".versions").resolve(String.valueOf(version)));
        List<String> names = Arrays.asList(lines.get(0).split(","));
        return lines.stream()
                .skip(1)
                .map(
                        line -> {
                            List<String> values = split(line);
                            List<String> row = new ArrayList<>();
                            for (RowType.RowField column : columns.getFields()) {
                                int place = names.indexOf(column.getName());
                                row.add(
                                        place < 0
                                                ? "null"
                                                : known(values.get(place), column.getType()));
                            }
                            return row.toString();
                        })
                .toList();
    }

    /** A value without the fields of a struct that the plan does not know. */
    private static String known(String value, LogicalType type) {
        if (type instanceof RowType row && value.startsWith("(")) {
            return split(value).stream()
                    .limit(row.getFieldCount())
                    .collect(Collectors.joining(", ", "(", ")"));
        }
        return value;
    }

    /** The values of a row in brackets, separated by commas that stand in no other brackets. */
    private static List<String> split(String inBrackets) {
        String row = inBrackets.substring(1, inBrackets.length() - 1);
        List<String> values = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < row.length(); i++) {
            char c = row.charAt(i);
            if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            } else if (c == ',' && depth == 0) {
                values.add(row.substring(start, i));
                start = i + 2;
            }
        }
        values.add(row.substring(start));
        return values;
    }

    private static long newest(String name) throws IOException {
        try (var versions = Files.list(base.resolve(name + ".versions"))) {
            return versions.count() - 1;
        }
    }

    private static long firstWithout(String name, String column) {
        long version = 0;
        while (FeedReader.columns(base.resolve(name), version).getFieldIndex(column) >= 0) {
            version++;
        }
        return version;
    }
}
