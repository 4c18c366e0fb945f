package io.millrace.bench;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.dataset.RunOptions;
import io.millrace.session.ClusterTarget;
import io.millrace.session.Session;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.types.DataType;

/**
 * Reads the whole change feed of a table, from version 0, through SQL; behind it every field is
 * touched. Runs in this process, so later rounds are warm.
 */
public final class ScanBenchmark {

    private static final String SOURCE = "measured";
    private static final String SINK = "touched";

    /** What is read. */
    public enum Rows {
        /** The rows of the feed in batch, with their metadata columns, in no order. */
        FEED,
        /**
         * The changelog as a pipeline sees it, in order behind the sequencer, in streaming mode.
         */
        CHANGELOG
    }

    private final SessionProfile profile;
    private final ClusterTarget cluster;
    private final Rows rows;
    private final Path warehouse;
    private final String table;

    /**
     * @param cluster which runs the jobs; best one that stays between them
     * @param table where the table lies
     * @param rows what is read of it
     * @param parallelism of the job
     */
    public ScanBenchmark(
            SessionProfile profile,
            ClusterTarget cluster,
            Path warehouse,
            String table,
            Rows rows,
            int parallelism) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.rows = requireNonNull(rows, "rows is null");
        this.profile =
                profile.with(
                        "bench",
                        Map.of(
                                "parallelism.default",
                                String.valueOf(parallelism),
                                "table.dynamic-table-options.enabled",
                                "true",
                                ExecutionOptions.RUNTIME_MODE.key(),
                                switch (rows) {
                                    case FEED -> RuntimeExecutionMode.BATCH.name();
                                    case CHANGELOG -> RuntimeExecutionMode.STREAMING.name();
                                },
                                RunOptions.BOUNDED.key(),
                                "true"));
        this.warehouse = requireNonNull(warehouse, "warehouse is null");
        this.table = requireNonNull(table, "table is null");
    }

    /**
     * One job over the whole feed. The time is that of the job, without planning it and starting a
     * cluster.
     */
    public ScanRound run() throws InterruptedException {
        Session session =
                new SessionFactory(profile, cluster, warehouse)
                        .openToRun(
                                Map.of(CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(), state()));
        session.catalog().registerSource(Request.of(table).named(SOURCE));
        String source =
                switch (rows) {
                    case FEED -> "`" + SOURCE + "$changes`";
                    case CHANGELOG -> SOURCE;
                };
        DataType columns =
                session.tables()
                        .sqlQuery("SELECT * FROM " + source)
                        .getResolvedSchema()
                        .toPhysicalRowDataType();
        session.tables()
                .createTemporaryTable(
                        SINK,
                        TableDescriptor.forConnector(TouchSinkFactory.IDENTIFIER)
                                .schema(Schema.newBuilder().fromRowDataType(columns).build())
                                .build());
        TableResult job =
                session.tables()
                        .executeSql(
                                "INSERT INTO "
                                        + SINK
                                        + " SELECT * FROM "
                                        + source
                                        + " /*+ OPTIONS('scan.start-version' = '0') */");
        return measured(job, ScanRound.processCpuNanos());
    }

    /** Flink itself removes what is in it when the job is done. */
    private String state() {
        return warehouse.toAbsolutePath().resolve("_millrace/bench").toUri().toString();
    }

    private static ScanRound measured(TableResult job, long cpuNanosBefore)
            throws InterruptedException {
        try {
            return ScanRound.of(
                    job.getJobClient().orElseThrow().getJobExecutionResult().get(), cpuNanosBefore);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
