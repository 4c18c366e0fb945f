package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.PlanBundle;
import io.millrace.artifacts.PlanningInput;
import io.millrace.artifacts.capture.PlanCapture;
import io.millrace.delta.table.RefusedException;
import io.millrace.session.Session;
import io.millrace.session.SessionFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;

/** Plans a pipeline in sessions of its own. */
final class PipelinePlanner {
    private final BoundPipeline pipeline;
    private final PipelineStatements statements;
    private final SessionFactory sessions;
    private List<String> warnings = List.of();

    PipelinePlanner(BoundPipeline pipeline, SessionFactory sessions) {
        this.pipeline = requireNonNull(pipeline, "pipeline is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.statements = PipelineStatements.parse(pipeline.definition(), pipeline.sqlParameters());
    }

    /** The pipeline, declared in a session in which nothing was planned. */
    record Opened(Session session, PlanningInput input) {
        Opened {
            requireNonNull(session, "session is null");
            requireNonNull(input, "input is null");
        }
    }

    /**
     * Declares everything in a session of its own; plans nothing.
     *
     * @throws RefusedException if the pipeline cannot be declared
     */
    Opened open() {
        Session session = sessions.openForPlanning();
        return refusing(
                () ->
                        new Opened(
                                session,
                                PipelineTranslator.declare(pipeline, statements, session)));
    }

    /**
     * The plan, captured.
     *
     * @throws RefusedException if the pipeline cannot be planned
     */
    PlanBundle plan() {
        return plan(open());
    }

    /** The plan of what was declared; once for each. */
    PlanBundle plan(Opened opened) {
        return refusing(
                () -> {
                    PlanBundle bundle =
                            new PlanCapture(opened::input)
                                    .capture()
                                    .with(opened.session().programs());
                    warnings = opened.session().programs().findings().warnings();
                    checkSources(bundle);
                    return bundle;
                });
    }

    private <T> T refusing(Supplier<T> work) {
        try {
            return work.get();
        } catch (ValidationException | TableException e) {
            Optional<RefusedException> refusal = Failures.refusal(e);
            throw refusal.orElseGet(
                    () ->
                            new RefusedException(
                                    pipeline.name() + ": cannot be planned: " + Failures.message(e),
                                    e));
        }
    }

    /**
     * Declares everything in a session of its own; plans nothing.
     *
     * @throws RefusedException if the pipeline cannot be declared
     */
    PlanningInput declared() {
        return PipelineTranslator.declare(pipeline, statements, sessions.openForPlanning());
    }

    /** What the guards found when it was planned, and did not refuse. */
    List<String> warnings() {
        return warnings;
    }

    /**
     * The statements, each parsed, validated and resolved; nothing is planned.
     *
     * @throws io.millrace.planner.sql.SqlProblemsException with all that is wrong
     */
    List<CheckedStatement> check() {
        return PipelineTranslator.check(pipeline, statements, sessions.openForPlanning());
    }

    /** Declares sources and results in a session, so that a compiled plan finds them there. */
    void declare(Session session) {
        PipelineTranslator.declare(pipeline, statements, session);
    }

    private void checkSources(PlanBundle bundle) {
        for (Map.Entry<String, List<String>> result : bundle.sourcesOfResults().entrySet()) {
            Set<String> undeclared = new TreeSet<>(result.getValue());
            undeclared.removeAll(pipeline.sources().keySet());
            if (!undeclared.isEmpty()) {
                throw new RefusedException(
                        pipeline.name()
                                + ": result '"
                                + result.getKey()
                                + "' reads "
                                + undeclared
                                + ", which the definition does not name as sources. Add them under sources.");
            }
        }
    }
}
