package io.millrace.spark;

import java.util.Random;
import org.apache.spark.sql.SparkSession;

/**
 * Writes tables {@code orders} and {@code customers} with change feeds, and what pipeline orders
 * has to make of them: {@code expected/orders} and {@code expected/revenue_named}.
 */
final class OrdersData {

    private static final int ORDERS = 3000;
    private static final int CUSTOMERS = 150;
    private static final int COMMITS = 6;
    private static final String ROW =
            "id AS order_id, pmod(hash(id, IF(pmod(hash(id, v), 5) = 0, v, 0)), %d) AS customer_id,"
                    + " element_at(array('NEW', 'PAID', 'SENT'), 1 + pmod(hash(id, v, 's'), 3)) AS"
                    + " status, CAST(pmod(hash(id, v, 'a'), 100000) / 100 AS DECIMAL(12, 2)) AS"
                    + " amount, element_at(array('EUR', 'USD', 'JPY'), 1 + pmod(hash(id, 'c', v),"
                    + " 3)) AS currency, timestamp_micros(1700000000000000 + id * 1000001) AS"
                    + " created_at, timestamp_micros(1710000000000000 + v * 60000000 + id) AS"
                    + " updated_at, IF(pmod(id, 7) = 0, NULL, array('t1', concat('t', v))) AS tags,"
                    + " IF(pmod(id, 11) = 0, NULL, map('rev', CAST(v AS STRING), 'none', NULL)) AS"
                    + " attrs, IF(pmod(id, 5) = 0, NULL, concat('note ', id, '/', v)) AS note";

    private final SparkSession spark;
    private final String base;

    OrdersData(SparkSession spark, String base) {
        this.spark = spark;
        this.base = base;
    }

    /** {@code partition}: a column to partition orders by, or nothing. */
    void write(String deletionVectors, String partition) {
        String properties =
                " TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true',"
                        + " 'delta.enableDeletionVectors' = '"
                        + deletionVectors
                        + "')";
        String orders = "delta.`" + base + "/orders`";
        String customers = "delta.`" + base + "/customers`";
        spark.sql(
                "CREATE TABLE "
                        + orders
                        + " (order_id BIGINT, customer_id BIGINT, status STRING, amount"
                        + " DECIMAL(12, 2), currency STRING, created_at TIMESTAMP, updated_at"
                        + " TIMESTAMP, tags ARRAY<STRING>, attrs MAP<STRING, STRING>, note STRING)"
                        + " USING delta"
                        + (partition.isEmpty() ? "" : " PARTITIONED BY (" + partition + ")")
                        + properties);
        spark.sql("INSERT INTO " + orders + rows("SELECT id, 0 AS v FROM range(" + ORDERS + ")"));
        spark.sql(
                "CREATE TABLE "
                        + customers
                        + " (customer_id BIGINT, name STRING, segment STRING) USING delta"
                        + properties);
        spark.sql(
                "INSERT INTO "
                        + customers
                        + " SELECT id, concat('Customer ', id), 'public' FROM range("
                        + CUSTOMERS
                        + ")");
        var random = new Random(42);
        for (int version = 1; version <= COMMITS; version++) {
            change(orders, version, random);
            spark.sql(
                    "UPDATE "
                            + customers
                            + " SET name = concat('Customer ', customer_id, ' r"
                            + version
                            + "') WHERE pmod(customer_id, 10) = "
                            + version);
        }
        expected(orders, customers);
    }

    private void change(String orders, int version, Random random) {
        int step = 3 + random.nextInt(7);
        spark.sql(
                "MERGE INTO "
                        + orders
                        + " t USING ("
                        + rows(
                                "SELECT id, "
                                        + version
                                        + " AS v FROM range("
                                        + (ORDERS + 100 * version)
                                        + ") WHERE pmod(hash(id, "
                                        + version
                                        + "), "
                                        + step
                                        + ") = 0")
                        + ") s ON t.order_id = s.order_id"
                        + " WHEN MATCHED AND pmod(s.order_id, 8) = "
                        + version
                        + " THEN DELETE WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN"
                        + " INSERT *");
    }

    private static String rows(String keys) {
        return " SELECT " + ROW.formatted(CUSTOMERS) + " FROM (" + keys + ")";
    }

    private void expected(String orders, String customers) {
        spark.sql("SELECT * FROM " + orders).write().parquet(base + "/expected/orders");
        spark.sql(
                        "SELECT c.customer_id, c.name, o.order_count, o.revenue, o.last_updated"
                                + " FROM (SELECT customer_id, count(*) AS order_count,"
                                + " sum(amount) AS revenue, max(updated_at) AS last_updated FROM "
                                + orders
                                + " GROUP BY customer_id) o JOIN "
                                + customers
                                + " c ON o.customer_id = c.customer_id")
                .write()
                .parquet(base + "/expected/revenue_named");
    }
}
