package io.millrace.spark;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Tables with a change feed, made by all that Spark can do to one; beside each, in a folder {@code
 * NAME.versions}, the rows of every version as Spark sees it: a line of column names, then a line a
 * row.
 */
final class FeedTables {

    private static final String COLUMNS =
            "id BIGINT, name STRING, amount DECIMAL(12, 2), n INT, part STRING, at TIMESTAMP, tags"
                    + " ARRAY<STRING>, attrs MAP<STRING, INT>, s STRUCT<a: INT, b: STRING>";

    private static final String VALUES =
            "id, concat('name ', id, ?) AS name, CAST(pmod(hash(id, ?), 100000) / 100 AS"
                    + " DECIMAL(12, 2)) AS amount, CAST(pmod(id, 17) AS INT) AS n,"
                    + " element_at(array('x', 'y y/=%', NULL, 'é'), CAST(1 + pmod(id, 4) AS INT))"
                    + " AS part, timestamp_micros(1700000000000000 + id * 1000001) AS at,"
                    + " IF(pmod(id, 5) = 0, NULL, array('t', NULL, concat('t', id))) AS tags,"
                    + " IF(pmod(id, 7) = 0, NULL, map('k', CAST(id AS INT), 'l', NULL)) AS attrs,"
                    + " IF(pmod(id, 3) = 0, NULL, named_struct('a', CAST(id AS INT), 'b', ?)) AS s";

    private final SparkSession spark;
    private final String base;

    FeedTables(SparkSession spark, String base) {
        this.spark = spark;
        this.base = base;
    }

    void write() throws IOException {
        // Compiling queries takes longer than running them over so few rows.
        spark.conf().set("spark.sql.codegen.wholeStage", "false");
        spark.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        spark.conf().set("spark.sql.adaptive.enabled", "false");
        spark.conf().set("spark.sql.shuffle.partitions", "1");
        changeInAllWays(create("with_vectors", "", "true", ""));
        changeInAllWays(create("without_vectors", "", "false", ""));
        overwrite(create("partitioned", "PARTITIONED BY (part)", "true", ""));
        map(create("mapped", "", "true", ", 'delta.columnMapping.mode' = 'name'"));
        widen(create("widened", "", "true", ", 'delta.enableTypeWidening' = 'true'"));
        evolve(create("evolved", "", "true", ""));
        layOut(
                create(
                        "clustered",
                        "CLUSTER BY (id)",
                        "true",
                        ", 'delta.enableRowTracking' = 'true', 'delta.enableInCommitTimestamps' ="
                                + " 'true', 'delta.checkpointPolicy' = 'v2',"
                                + " 'delta.checkpointInterval' = '2'"));
        generate();
        for (String name : made) {
            describe(name);
        }
        vacuum(create("vacuumed", "", "false", ""));
    }

    private final List<String> made = new ArrayList<>();

    private String create(String name, String layout, String vectors, String properties) {
        String table = table(name);
        spark.sql(
                "CREATE TABLE %s (%s) USING delta %s TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true', 'delta.enableDeletionVectors' = '%s'%s)"
                        .formatted(table, COLUMNS, layout, vectors, properties));
        spark.sql("INSERT INTO " + table + rows(0, 150, 0));
        return table;
    }

    private String table(String name) {
        if (!made.contains(name)) {
            made.add(name);
        }
        return "delta.`" + base + "/" + name + "`";
    }

    private static String rows(int from, int to, int version) {
        String values = VALUES.replaceFirst("\\?", "'/" + version + "'");
        values = values.replaceFirst("\\?", String.valueOf(version));
        values = values.replaceFirst("\\?", "'b" + version + "'");
        return " SELECT " + values + " FROM range(" + from + ", " + to + ", 1, 2)";
    }

    private void changeInAllWays(String table) {
        spark.sql("UPDATE " + table + " SET name = upper(name), s.b = 'u' WHERE id % 10 = 3");
        spark.sql("DELETE FROM " + table + " WHERE id BETWEEN 20 AND 29");
        merge(table, 3);
        spark.sql("OPTIMIZE " + table);
        spark.sql("RESTORE TABLE " + table + " TO VERSION AS OF 3");
        spark.sql("UPDATE " + table + " SET amount = amount + 1 WHERE id % 2 = 0");
        spark.sql("RESTORE TABLE " + table + " TO VERSION AS OF 4");
        spark.sql("DELETE FROM " + table);
        spark.sql("INSERT INTO " + table + rows(0, 30, 6));
    }

    private void layOut(String table) {
        merge(table, 1);
        spark.sql("OPTIMIZE " + table);
        spark.sql("DELETE FROM " + table + " WHERE id % 7 = 1");
    }

    private void overwrite(String table) {
        spark.sql("DELETE FROM " + table + " WHERE part = 'x'");
        spark.sql(
                "INSERT INTO TABLE "
                        + table
                        + " REPLACE WHERE part = 'é' SELECT * FROM ("
                        + rows(40, 80, 1)
                        + ") WHERE part = 'é'");
        spark.sql("UPDATE " + table + " SET part = 'x' WHERE id % 6 = 1");
        spark.conf().set("spark.sql.sources.partitionOverwriteMode", "dynamic");
        spark.sql("INSERT OVERWRITE " + table + rows(200, 203, 2));
        spark.conf().set("spark.sql.sources.partitionOverwriteMode", "static");
        merge(table, 3);
        spark.sql("INSERT OVERWRITE " + table + rows(0, 60, 4));
        spark.sql("DELETE FROM " + table + " WHERE part IS NULL AND id > 20");
    }

    private void map(String table) {
        spark.sql("ALTER TABLE " + table + " ADD COLUMNS (extra STRING AFTER name)");
        spark.sql("UPDATE " + table + " SET extra = concat('e', id) WHERE id % 3 = 0");
        spark.sql("ALTER TABLE " + table + " RENAME COLUMN amount TO price");
        spark.sql("UPDATE " + table + " SET price = price + 1 WHERE id % 4 = 0");
        spark.sql("ALTER TABLE " + table + " DROP COLUMN n");
        spark.sql("DELETE FROM " + table + " WHERE id % 5 = 1");
    }

    private void widen(String table) {
        spark.sql("DELETE FROM " + table + " WHERE id < 20");
        spark.sql("ALTER TABLE " + table + " ALTER COLUMN n TYPE BIGINT");
        spark.sql("UPDATE " + table + " SET n = 5000000000 + id WHERE id % 4 = 0");
        spark.sql("ALTER TABLE " + table + " ALTER COLUMN amount TYPE DECIMAL(20, 4)");
        spark.sql("UPDATE " + table + " SET amount = 123456789012.1234 WHERE id % 6 = 0");
    }

    private void vacuum(String table) {
        spark.sql("DELETE FROM " + table + " WHERE id % 3 = 0");
        spark.sql("DELETE FROM " + table + " WHERE id % 3 = 1");
        spark.sql("VACUUM " + table + " RETAIN 0 HOURS");
    }

    private void merge(String table, int version) {
        spark.sql(
                ("MERGE INTO %s t USING (%s) s ON t.id = s.id"
                                + " WHEN MATCHED AND s.id %% 4 = 1 THEN DELETE"
                                + " WHEN MATCHED THEN UPDATE SET t.name = s.name, t.amount ="
                                + " s.amount, t.tags = s.tags, t.attrs = s.attrs, t.s = s.s"
                                + " WHEN NOT MATCHED THEN INSERT (id, name, amount, part, at)"
                                + " VALUES (s.id, s.name, s.amount, s.part, s.at)"
                                + " WHEN NOT MATCHED BY SOURCE AND t.id %% 50 = %s THEN DELETE")
                        .formatted(table, rows(30 * version, 30 * version + 90, version), version));
    }

    private void evolve(String table) {
        append(table, "SELECT *, id * 2 AS added FROM (" + rows(400, 420, 1) + ")");
        spark.sql("UPDATE " + table + " SET added = 7 WHERE id < 50");
        append(
                table,
                "SELECT id, name, named_struct('a', 1, 'b', 'x', 'c', 2.5D) AS s FROM ("
                        + rows(420, 430, 2)
                        + ")");
        spark.sql("DELETE FROM " + table + " WHERE id % 2 = 0");
        spark.sql("ALTER TABLE " + table + " ADD COLUMNS (note STRING FIRST)");
        spark.sql("ALTER TABLE " + table + " ALTER COLUMN name COMMENT 'of the person'");
        spark.sql("UPDATE " + table + " SET note = 'n', amount = 1 WHERE id % 3 = 0");
    }

    private void append(String table, String query) {
        Dataset<Row> rows = spark.sql(query);
        rows.write()
                .format("delta")
                .mode(SaveMode.Append)
                .option("mergeSchema", "true")
                .save(table.substring("delta.`".length(), table.length() - 1));
    }

    /** Identity, generated and default columns. */
    private void generate() {
        String name = "generated";
        String table = table(name);
        DeltaTable.create(spark)
                .location(base + "/" + name)
                .addColumn(
                        DeltaTable.columnBuilder(spark, "id")
                                .dataType("BIGINT")
                                .generatedAlwaysAsIdentity(5, 3)
                                .build())
                .addColumn("at", "TIMESTAMP")
                .addColumn(
                        DeltaTable.columnBuilder(spark, "day")
                                .dataType("DATE")
                                .generatedAlwaysAs("CAST(at AS DATE)")
                                .build())
                .addColumn("name", "STRING")
                .partitionedBy("day")
                .property("delta.enableChangeDataFeed", "true")
                .execute();
        String insert = "INSERT INTO " + table + " (at, name) ";
        spark.sql(insert + "SELECT at, name FROM (" + rows(0, 40, 1) + ")");
        spark.sql(insert + "SELECT at + INTERVAL 2 DAYS, name FROM (" + rows(40, 60, 2) + ")");
        spark.sql("UPDATE " + table + " SET at = at + INTERVAL 1 DAY WHERE id % 2 = 0");
        spark.sql("DELETE FROM " + table + " WHERE day = DATE '2023-11-14'");
    }

    private void describe(String name) throws IOException {
        Path folder = Path.of(base, name + ".versions");
        Files.createDirectories(folder);
        for (long version = 0; hasVersion(name, version); version++) {
            Dataset<Row> rows =
                    spark.read()
                            .format("delta")
                            .option("versionAsOf", version)
                            .load(base + "/" + name);
            Files.write(
                    folder.resolve(String.valueOf(version)),
                    Stream.concat(
                                    Stream.of(String.join(",", rows.columns())),
                                    rows.collectAsList().stream().map(RowText::of).sorted())
                            .toList());
        }
    }

    private boolean hasVersion(String name, long version) {
        return Files.exists(Path.of(base, name, "_delta_log", "%020d.json".formatted(version)));
    }
}
