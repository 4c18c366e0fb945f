package io.millrace.pipeline;

import io.millrace.pipeline.definition.PipelineReader;
import io.millrace.session.ClusterTarget;
import io.millrace.session.Session;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program of a JVM of its own: writes what must be the same bytes in each. */
public final class SessionFacts {
    private SessionFacts() {}

    /** Takes the folder of a pipeline, and the warehouse. */
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        out.write(of(Path.of(args[0]), Path.of(args[1])).getBytes(StandardCharsets.UTF_8));
        out.flush();
        System.exit(0);
    }

    static String of(Path folder, Path warehouse) throws Exception {
        BoundPipeline pipeline =
                BoundPipeline.bind(PipelineReader.read(folder), Map.of(), warehouse, folder);
        SessionFactory sessions =
                new SessionFactory(
                        SessionProfile.of("refresh"), new ClusterTarget.Embedded(), warehouse);
        PipelinePlanner planner = new PipelinePlanner(pipeline, sessions);
        Session session = sessions.openForPlanning();
        planner.declare(session);
        StringBuilder facts = new StringBuilder(session.settings().text());
        for (String database : session.catalog().listDatabases()) {
            List<String> tables = session.catalog().listTables(database);
            facts.append(database).append(' ').append(tables).append('\n');
        }
        return facts.append(planner.plan().planId()).append('\n').toString();
    }
}
