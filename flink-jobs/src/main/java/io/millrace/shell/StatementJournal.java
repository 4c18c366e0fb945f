package io.millrace.shell;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.DatasetResolution;
import io.millrace.artifacts.SettingsSnapshot;
import io.millrace.artifacts.capture.StatementRecording;
import io.millrace.artifacts.capture.StatementRecording.StatementPlan;
import io.millrace.artifacts.metrics.JobMetrics;
import io.millrace.artifacts.store.ArtifactLog;
import io.millrace.artifacts.store.ArtifactRows;
import io.millrace.artifacts.store.BundleRows;
import io.millrace.artifacts.store.BundleRows.PlanFacts;
import io.millrace.artifacts.store.RunFacts;
import io.millrace.delta.table.CommitSummary;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.planner.sql.SqlStatement;
import io.millrace.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the artifact store of the statements of a session, one after the other: those that were
 * planned, with their plan, and how they ended. Nothing here makes a statement fail.
 */
public final class StatementJournal {
    private static final Logger LOG = LoggerFactory.getLogger(StatementJournal.class);
    private static final Duration METRICS_PATIENCE = Duration.ofSeconds(3);
    private static final int PLANS = 10_000;

    private final ArtifactLog log;
    private final Optional<JobMetrics> metrics;
    private final Set<String> told = new HashSet<>();

    /**
     * @param metrics where the session's cluster reports to, if it does
     */
    public StatementJournal(ArtifactLog log, Optional<JobMetrics> metrics) {
        this.log = requireNonNull(log, "log is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    /** Tells nobody. */
    public static StatementJournal none() {
        return new StatementJournal(ArtifactLog.NONE, Optional.empty());
    }

    /** A statement begins; what it plans is kept until {@link Entry#close}. */
    Entry begin(Session session, SqlStatement statement, String runId) {
        return new Entry(session, statement, runId);
    }

    private static Optional<StatementRecording> recording(Session session) {
        try {
            return Optional.of(StatementRecording.start(session.tables()));
        } catch (RuntimeException e) {
            LOG.warn("The plan of a statement is not stored: {}", e.getMessage(), e);
            return Optional.empty();
        }
    }

    /** One statement. */
    final class Entry implements AutoCloseable {
        private final Session session;
        private final String text;
        private final RunFacts run;
        private final Optional<StatementRecording> recording;
        private Optional<StatementPlan> plan = Optional.empty();
        private String jobId = "";

        private Entry(Session session, SqlStatement statement, String runId) {
            this.session = session;
            this.text = statement.text();
            this.run = new RunFacts(runId, RunFacts.SQL, RunFacts.SQL, Instant.now());
            this.recording = log == ArtifactLog.NONE ? Optional.empty() : recording(session);
        }

        /** It was planned, if it is one that is, and runs. */
        void planned(Optional<String> job) {
            if (recording.isEmpty()) {
                return;
            }
            jobId = job.orElse("");
            try {
                SettingsSnapshot settings = session.settings();
                plan = recording.get().plan(session.registry(), settings);
                plan.ifPresent(found -> tell(found, settings));
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("The plan of a statement is not stored: {}", e.getMessage(), e);
            }
        }

        private void tell(StatementPlan found, SettingsSnapshot settings) {
            if (told.isEmpty()) {
                log.add(BundleRows.of(session.registry()));
            }
            if (told.size() < PLANS && told.add(found.planId())) {
                log.add(BundleRows.of(facts(found, settings), Instant.now()));
            }
            log.add(
                    BundleRows.of(
                            run.runId(),
                            found.planId(),
                            RunFacts.SQL,
                            List.of(),
                            found.scanUnits()));
        }

        private PlanFacts facts(StatementPlan found, SettingsSnapshot settings) {
            return new PlanFacts(
                    found.planId(),
                    RunFacts.SQL,
                    EnvironmentInformation.getVersion(),
                    session.functions(),
                    "",
                    found.lineage().required().stream()
                            .map(required -> required.dataset())
                            .sorted()
                            .toList(),
                    found.lineage().results().stream().map(result -> result.dataset()).toList(),
                    found.warnings(),
                    "",
                    found.physical(),
                    text,
                    found.lineage(),
                    settings);
        }

        /** It has committed. */
        void committed(String dataset, DeltaTable table, CommitSummary commit) {
            if (recording.isEmpty()) {
                return;
            }
            try {
                log.add(
                        run.commit(
                                dataset,
                                table.snapshot().metadata().id(),
                                DatasetResolution.withoutCredentials(table.location()),
                                plan.map(StatementPlan::planId),
                                commit));
            } catch (RuntimeException e) {
                LOG.warn("A commit of a statement is not stored: {}", e.getMessage(), e);
            }
        }

        /** It has ended. */
        void ended() {
            ended(RunFacts.SUCCEEDED, Optional.empty());
        }

        void failed(Throwable failure) {
            ended(
                    failure instanceof RefusedException ? RunFacts.REFUSED : RunFacts.FAILED,
                    Optional.of(String.valueOf(failure.getMessage())));
        }

        private void ended(String status, Optional<String> error) {
            plan.ifPresent(
                    found -> {
                        log.add(
                                run.ended(
                                        status,
                                        found.planId(),
                                        jobId,
                                        session.functions(),
                                        text,
                                        error));
                        metrics.filter(from -> !jobId.isEmpty())
                                .ifPresent(from -> log.later(() -> operators(found, from)));
                    });
        }

        private ArtifactRows operators(StatementPlan found, JobMetrics from) {
            try {
                return run.operators(
                        found.planId(),
                        jobId,
                        from.ended(jobId, METRICS_PATIENCE),
                        Map.of(),
                        Map.of());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return ArtifactRows.each();
            }
        }

        @Override
        public void close() {
            recording.ifPresent(StatementRecording::close);
        }
    }
}
