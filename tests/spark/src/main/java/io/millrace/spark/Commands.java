package io.millrace.spark;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/** The commands; each throws where what it was asked to find true is not. */
final class Commands implements AutoCloseable {

    private final SparkSession spark =
            SparkSession.builder()
                    .appName("millrace-interop")
                    .master("local[2]")
                    .config("spark.ui.enabled", "false")
                    .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                    .config(
                            "spark.sql.catalog.spark_catalog",
                            "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                    .config("spark.sql.session.timeZone", "UTC")
                    .config("spark.sql.datetime.java8API.enabled", "true")
                    .config("spark.databricks.delta.retentionDurationCheck.enabled", "false")
                    .config("spark.sql.shuffle.partitions", "2")
                    .config("spark.databricks.delta.snapshotPartitions", "1")
                    .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
                    .getOrCreate();

    void run(String command, List<String> words) throws Exception {
        switch (command) {
            case "sql" -> spark.sql(words.get(0)).collect();
            case "rows" ->
                    spark.sql(words.get(0)).toJSON().collectAsList().forEach(System.out::println);
            case "generate" ->
                    new OrdersData(spark, words.get(0)).write(words.get(1), words.get(2));
            case "feeds" -> new FeedTables(spark, words.get(0)).write();
            case "compare" -> new Comparison(spark).sameRows(words.get(0), words.get(1));
            case "replay" -> {
                int nth = words.size() > 1 ? Integer.parseInt(words.get(1)) : 1;
                new Comparison(spark).feedGivesVersions(words.get(0), nth);
            }
            default -> throw new IllegalArgumentException("no command " + command);
        }
    }

    @Override
    public void close() {
        spark.stop();
    }
}
