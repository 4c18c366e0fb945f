package io.millrace.tests.scan;

import io.millrace.session.ClusterTarget;
import io.millrace.session.EmbeddedCluster;
import io.millrace.session.Session;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import io.millrace.tests.harness.KeptMetrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** A session as users have it, whose jobs' metrics can be asked for when they are over. */
final class ScanSession implements AutoCloseable {

    private static final int PARALLELISM = 2;

    private final KeptMetrics metrics = KeptMetrics.create();
    private final EmbeddedCluster cluster;
    private final Session session;

    private ScanSession(Path warehouse, String profile, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(metrics.options());
        all.put("parallelism.default", String.valueOf(PARALLELISM));
        all.putAll(settings);
        SessionProfile settled = SessionProfile.of(profile).with("test", all);
        cluster = EmbeddedCluster.start(settled, PARALLELISM);
        session =
                new SessionFactory(settled, new ClusterTarget.Running(cluster), warehouse)
                        .openToRun(Map.of());
    }

    static ScanSession batch(Path warehouse, Map<String, String> settings) {
        return new ScanSession(warehouse, "batch", settings);
    }

    /** A streaming session whose sources end after the newest version. */
    static ScanSession streaming(Path warehouse) {
        return new ScanSession(warehouse, "local", Map.of("millrace.run.bounded", "true"));
    }

    StreamTableEnvironment tables() {
        return session.tables();
    }

    String plan(String sql) {
        return tables().explainSql(sql);
    }

    /** The rows of a query as text. */
    List<String> rows(String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = tables().executeSql(sql).collect()) {
            result.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }

    /** The sum of a metric over all tasks and coordinators of all jobs until now. */
    long metric(String name) {
        return metrics.values(name).stream().mapToLong(Long::longValue).sum();
    }

    KeptMetrics metrics() {
        return metrics;
    }

    @Override
    public void close() {
        cluster.close();
        metrics.forget();
    }
}
