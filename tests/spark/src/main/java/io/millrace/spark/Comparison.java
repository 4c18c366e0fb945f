package io.millrace.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;

/** Compares tables as multisets of rows, types included. */
record Comparison(SparkSession spark) {

    /** Throws unless both folders, Delta or Parquet, hold the same rows under the same types. */
    void sameRows(String actual, String expected) {
        Dataset<Row> have = open(actual);
        Dataset<Row> want = open(expected);
        if (!types(have).equals(types(want))) {
            throw new IllegalStateException(
                    actual
                            + " has columns "
                            + types(have)
                            + " where "
                            + expected
                            + " has "
                            + types(want));
        }
        requireSame(have, want.select(names(have)), actual + " against " + expected);
    }

    /**
     * Throws unless the change feed, read from version 0 and applied version by version, gives the
     * snapshot of each version, and no version changes a row to itself.
     */
    void feedGivesEveryVersion(String table) throws IOException {
        Dataset<Row> feed =
                spark.read()
                        .format("delta")
                        .option("readChangeFeed", "true")
                        .option("startingVersion", 0)
                        .load(table)
                        .persist();
        try {
            for (long version : versions(table)) {
                Dataset<Row> snapshot =
                        spark.read().format("delta").option("versionAsOf", version).load(table);
                Dataset<Row> upTo = feed.where(functions.col("_commit_version").leq(version));
                Column[] columns = names(snapshot);
                Dataset<Row> added =
                        upTo.where("_change_type IN ('insert', 'update_postimage')")
                                .select(columns);
                Dataset<Row> removed =
                        upTo.where("_change_type IN ('delete', 'update_preimage')").select(columns);
                requireSame(
                        added,
                        snapshot.unionAll(removed),
                        table + ": feed up to version " + version);
            }
        } finally {
            feed.unpersist();
        }
    }

    private static List<Long> versions(String table) throws IOException {
        try (var files = Files.list(Path.of(table, "_delta_log"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9]{20}\\.json"))
                    .map(name -> Long.parseLong(name.substring(0, 20)))
                    .sorted()
                    .toList();
        }
    }

    private Dataset<Row> open(String folder) {
        boolean delta = Files.isDirectory(Path.of(folder, "_delta_log"));
        return spark.read().format(delta ? "delta" : "parquet").load(folder);
    }

    private static String types(Dataset<Row> rows) {
        return Arrays.stream(rows.schema().fields())
                .map(field -> field.name() + " " + field.dataType().catalogString())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static Column[] names(Dataset<Row> rows) {
        return Arrays.stream(rows.columns()).map(functions::col).toArray(Column[]::new);
    }

    private static void requireSame(Dataset<Row> have, Dataset<Row> want, String what) {
        Dataset<Row> left = comparable(have);
        Dataset<Row> right = comparable(want);
        List<String> surplus = left.exceptAll(right).limit(5).toJSON().collectAsList();
        List<String> missing = right.exceptAll(left).limit(5).toJSON().collectAsList();
        if (!surplus.isEmpty() || !missing.isEmpty()) {
            throw new IllegalStateException(
                    what + ": rows too many, such as " + surplus + "; missing, such as " + missing);
        }
    }

    /** Maps cannot be compared, their sorted entries can. */
    private static Dataset<Row> comparable(Dataset<Row> rows) {
        return rows.select(
                Arrays.stream(rows.schema().fields())
                        .map(Comparison::comparable)
                        .toArray(Column[]::new));
    }

    private static Column comparable(StructField field) {
        Column column = functions.col(field.name());
        return field.dataType() instanceof MapType
                ? functions.array_sort(functions.map_entries(column)).as(field.name())
                : column;
    }
}
