package io.millrace.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        requireSame(
                signed(have.withColumn("_n", functions.lit(1))),
                signed(want.select(names(have)).withColumn("_n", functions.lit(-1))),
                actual + " against " + expected);
    }

    /**
     * Throws unless the change feed, read from version 0 and applied version by version, gives the
     * snapshot of each version, or of each nth and the last one.
     */
    void feedGivesVersions(String table, int nth) throws IOException {
        Dataset<Row> feed =
                spark.read()
                        .format("delta")
                        .option("readChangeFeed", "true")
                        .option("startingVersion", 0)
                        .load(table)
                        .withColumn(
                                "_n",
                                functions.expr(
                                        "IF(_change_type IN ('insert', 'update_postimage'), 1,"
                                                + " -1)"));
        List<Long> versions = versions(table);
        long last = versions.get(versions.size() - 1);
        for (long version : versions) {
            if (version % nth != 0 && version != last) {
                continue;
            }
            Dataset<Row> snapshot =
                    spark.read().format("delta").option("versionAsOf", version).load(table);
            Dataset<Row> upTo = feed.where(functions.col("_commit_version").leq(version));
            requireSame(
                    signed(upTo.select(names(snapshot, "_n"))),
                    signed(snapshot.withColumn("_n", functions.lit(-1))),
                    table + ": feed up to version " + version + " against the snapshot");
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

    private static Column[] names(Dataset<Row> rows, String... more) {
        return Stream.concat(Arrays.stream(rows.columns()), Arrays.stream(more))
                .map(functions::col)
                .toArray(Column[]::new);
    }

    /** Throws unless the counts of all rows, which are negative on one side, cancel out. */
    private static void requireSame(Dataset<Row> plus, Dataset<Row> minus, String what) {
        Column[] columns =
                Arrays.stream(plus.columns())
                        .filter(name -> !name.equals("_n"))
                        .map(functions::col)
                        .toArray(Column[]::new);
        List<String> different =
                plus.union(minus)
                        .groupBy(columns)
                        .agg(functions.sum("_n").as("_n"))
                        .where("_n <> 0")
                        .limit(5)
                        .toJSON()
                        .collectAsList();
        if (!different.isEmpty()) {
            throw new IllegalStateException(
                    what + ": rows too many (_n > 0) or missing (_n < 0), such as " + different);
        }
    }

    /** Maps cannot be compared, their sorted entries can. */
    private static Dataset<Row> signed(Dataset<Row> rows) {
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
