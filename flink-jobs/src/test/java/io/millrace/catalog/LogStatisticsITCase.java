package io.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.table.CacheUse;
import io.millrace.pipeline.BoundPipeline;
import io.millrace.pipeline.PipelineRunner;
import io.millrace.pipeline.RunEvents;
import io.millrace.pipeline.definition.PipelineReader;
import io.millrace.session.ClusterTarget;
import io.millrace.session.EmbeddedCluster;
import io.millrace.session.Session;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataBase;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataLong;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the planner is told of the rows of tables, and where it is told nothing. */
class LogStatisticsITCase {
    private static EmbeddedCluster cluster;

    @TempDir private Path warehouse;

    private TableEnvironment tables;

    @BeforeAll
    static void startCluster() {
        cluster = EmbeddedCluster.start(SessionProfile.of("batch"), 2);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void openSession() {
        tables = open().tables();
    }

    private Session open() {
        return new SessionFactory(
                        SessionProfile.of("batch"), new ClusterTarget.Running(cluster), warehouse)
                .openToRun(Map.of());
    }

    private void run(String sql) throws Exception {
        tables.executeSql(sql).await();
    }

    @Test
    void thePlannerKnowsRowsAndColumnsFromTheLog() throws Exception {
        run(
                "CREATE TABLE orders (id BIGINT NOT NULL, d DATE, t STRING, PRIMARY KEY (id) NOT ENFORCED)");
        run(
                "INSERT INTO orders VALUES (1, DATE '2024-01-01', 'a'), (2, CAST(NULL AS DATE), CAST(NULL AS STRING)), (3, DATE '2024-02-01', 'c')");
        run("DELETE FROM orders WHERE id = 3");
        Session session = open();
        ObjectPath orders = new ObjectPath("default", "orders");

        assertThat(session.catalog().getTableStatistics(orders).getRowCount()).isEqualTo(2);
        Map<String, CatalogColumnStatisticsDataBase> columns =
                session.catalog().getTableColumnStatistics(orders).getColumnStatisticsData();
        assertThat((CatalogColumnStatisticsDataLong) columns.get("id"))
                .returns(1L, CatalogColumnStatisticsDataLong::getMin);
        assertThat(columns).containsKeys("d", "t");
        assertThat(
                        session.catalog()
                                .getTableStatistics(new ObjectPath("default", "orders$v1"))
                                .getRowCount())
                .isEqualTo(3);
        assertThat(
                        session.tables()
                                .explainSql("SELECT * FROM orders", ExplainDetail.ESTIMATED_COST))
                .contains("rowcount = 2.0");

        run("INSERT INTO orders VALUES (4, DATE '2024-03-01', 'd')");
        assertThat(session.catalog().getTableStatistics(orders).getRowCount()).isEqualTo(3);
        assertThat(
                        session.catalog().facts().caches().stream()
                                .filter(cache -> cache.name().equals("statistics")))
                .singleElement()
                .returns(3L, CacheUse::entries)
                .returns(3L, CacheUse::misses)
                .matches(cache -> cache.hits() > 0);
    }

    /** A plan that followed them would be another one after each commit, and its state lost. */
    @Test
    void plansOfPipelinesDoNotFollowWhatTablesHold() throws Exception {
        run("CREATE TABLE a (id BIGINT, b BIGINT, PRIMARY KEY (id) NOT ENFORCED)");
        run("CREATE TABLE b (id BIGINT, c BIGINT, PRIMARY KEY (id) NOT ENFORCED)");
        run("CREATE TABLE c (id BIGINT, PRIMARY KEY (id) NOT ENFORCED)");
        run("INSERT INTO a VALUES (1, 1), (2, 1), (3, 1)");
        Files.writeString(
                warehouse.resolve("pipeline.yaml"),
                """
                name: p
                sources:
                  - {name: a, path: "${warehouse}/a", key: [id]}
                  - {name: b, path: "${warehouse}/b", key: [id]}
                  - {name: c, path: "${warehouse}/c", key: [id]}
                results:
                  - {name: r, key: [id], query: "SELECT a.id, c.id AS c FROM a JOIN b ON a.b = b.id JOIN c ON b.c = c.id"}
                """);
        String before = planId();
        run(
                "INSERT INTO c SELECT x.n * 10 + y.n FROM (VALUES (0), (1), (2), (3)) AS x(n), (VALUES (0), (1), (2), (3)) AS y(n)");
        run("DELETE FROM a WHERE id > 1");
        assertThat(planId()).isEqualTo(before);

        Session streaming =
                new SessionFactory(
                                SessionProfile.of("refresh"),
                                new ClusterTarget.Running(cluster),
                                warehouse)
                        .openForPlanning();
        assertThat(streaming.catalog().getTableStatistics(new ObjectPath("default", "c")))
                .isEqualTo(CatalogTableStatistics.UNKNOWN);
    }

    private String planId() {
        return new PipelineRunner(
                        BoundPipeline.bind(
                                PipelineReader.read(warehouse), Map.of(), warehouse, warehouse),
                        SessionProfile.of("refresh")
                                .with(
                                        "test",
                                        Map.of("table.optimizer.join-reorder-enabled", "true")),
                        new ClusterTarget.Running(cluster),
                        new RunEvents() {
                            @Override
                            public void progress(String line) {}

                            @Override
                            public void status(String line) {}
                        })
                .planning()
                .look()
                .planId();
    }
}
