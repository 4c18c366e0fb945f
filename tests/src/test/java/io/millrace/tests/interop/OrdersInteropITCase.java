package io.millrace.tests.interop;

import io.millrace.tests.harness.Millrace;
import io.millrace.tests.harness.SparkProgram;
import io.millrace.tests.sql.Tour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** We read what Spark wrote, and Spark reads what we wrote, feeds included. */
@Tag("interop")
class OrdersInteropITCase {

    @TempDir static Path shared;
    private static SparkProgram spark;

    @TempDir Path folder;

    @BeforeAll
    static void startSpark() {
        spark = SparkProgram.start(shared);
    }

    @AfterAll
    static void stopSpark() throws Exception {
        spark.close();
    }

    /** Its first block, which makes the table, is Spark's; so are the commits up to version 2. */
    @Test
    void theTourOfSqlRunsOnATableThatSparkMade() throws Exception {
        Path warehouse = folder.resolve("warehouse");
        String orders = "delta.`" + warehouse.resolve("orders") + "`";
        spark.run(
                "sql",
                "CREATE TABLE "
                        + orders
                        + " (order_id BIGINT NOT NULL, customer STRING, amount DECIMAL(10, 2)) USING delta"
                        + " TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true',"
                        + " 'delta.enableDeletionVectors' = 'true', 'millrace.key' = 'order_id')");
        spark.run("sql", "INSERT INTO " + orders + " VALUES (1, 'Ann', 12.50), (2, 'Bob', 7.25)");
        spark.run(
                "sql",
                "MERGE INTO "
                        + orders
                        + " t USING (SELECT * FROM VALUES (2, 'Bob', 8.00), (3, 'Ann', 100.00)"
                        + " AS v(order_id, customer, amount)) s ON t.order_id = s.order_id"
                        + " WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *");
        List<Tour.Stop> stops = Tour.stops();
        Tour.run(
                warehouse,
                stops.subList(1, stops.size()).stream()
                        .map(
                                stop ->
                                        new Tour.Stop(
                                                stop.sql(),
                                                stop.shown()
                                                        .replaceAll("( [12] \\| )true", "$1false")))
                        .toList());
    }

    @ParameterizedTest(name = "deletion vectors {0}, partitioned by \"{1}\", parallelism {2}")
    @CsvSource({"true, currency, 2", "false, '', 1", "true, '', 4", "false, currency, 2"})
    void ordersOfSparkBecomeWhatSparkExpects(String vectors, String partition, int parallelism)
            throws Exception {
        Path base = folder.resolve("base");
        Path warehouse = folder.resolve("warehouse");
        Path profile = folder.resolve("profile.yaml");
        Files.writeString(
                profile, "name: test\nextends: refresh\nparallelism: " + parallelism + "\n");
        spark.run("generate", base.toString(), vectors, partition);

        new Millrace(folder)
                .run(
                        "refresh",
                        "orders",
                        "--warehouse",
                        warehouse.toString(),
                        "--param",
                        "base=" + base,
                        "--profile",
                        profile.toString())
                .expect(0);

        for (String[] result :
                new String[][] {{"orders_copy", "orders"}, {"revenue_named", "revenue_named"}}) {
            spark.run(
                    "compare",
                    warehouse.resolve(result[0]).toString(),
                    base.resolve("expected").resolve(result[1]).toString());
            spark.run("replay", warehouse.resolve(result[0]).toString());
        }
    }
}
