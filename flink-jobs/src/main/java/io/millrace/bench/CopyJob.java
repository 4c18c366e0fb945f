package io.millrace.bench;

import static java.util.Objects.requireNonNull;

import io.millrace.catalog.ResultTable;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.types.DeltaTypes;
import io.millrace.session.ClusterTarget;
import io.millrace.session.Session;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.core.execution.JobClient;

/** The keyed copy of a table, as a pipeline of one plain SELECT runs it. */
final class CopyJob {

    static final String SOURCE = "measured";
    static final String TARGET = "copied";

    private final SessionProfile profile;
    private final Path warehouse;
    private final Path table;
    private final String key;

    CopyJob(SessionProfile profile, Path warehouse, Path table, String key) {
        this.profile = requireNonNull(profile, "profile is null");
        this.warehouse = requireNonNull(warehouse, "warehouse is null");
        this.table = requireNonNull(table, "table is null");
        this.key = requireNonNull(key, "key is null");
    }

    /**
     * Starts it, up to the table's newest version.
     *
     * @param folder takes its state, and the target
     * @param source what it reads: the table, or what is shown of it
     */
    JobClient start(Path folder, Path source) {
        Map<String, String> run = new HashMap<>();
        run.put(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(),
                folder.resolve("state").toUri().toString());
        run.put(RunOptions.RUN_ID.key(), folder.getFileName().toString());
        run.put(RunOptions.BOUNDED.key(), "true");
        run.put(
                RunOptions.END_VERSIONS.key(),
                SOURCE + ":" + BenchFolder.table(table).log().latestVersion());
        Session session =
                new SessionFactory(profile, new ClusterTarget.Embedded(), warehouse).openToRun(run);
        session.catalog()
                .registerSource(Request.of(source.toString()).named(SOURCE).withKey(List.of(key)));
        session.catalog()
                .registerResult(
                        new ResultTable(
                                TARGET,
                                folder.resolve(TARGET).toString(),
                                DeltaTypes.toRowType(
                                        BenchFolder.table(table).snapshot().metadata().schema()),
                                List.of(key),
                                List.of(),
                                "",
                                Map.of()));
        return session.tables()
                .executeSql(
                        "INSERT INTO delta.results."
                                + TARGET
                                + " SELECT * FROM "
                                + SOURCE
                                + " /*+ OPTIONS('scan.start-version' = '0') */")
                .getJobClient()
                .orElseThrow();
    }
}
