package io.millrace.session;

import static java.util.Objects.requireNonNull;

import io.millrace.catalog.DeltaCatalog;
import io.millrace.catalog.SessionFacts;
import io.millrace.delta.dataset.RunOptions;
import io.millrace.planner.guards.Findings;
import io.millrace.planner.rules.FiredRules;
import io.millrace.planner.rules.PlannerPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * Makes sessions from a profile: catalog {@code delta} and the function module are there before
 * anything is planned. Nothing else makes a table environment or an execution environment.
 */
public final class SessionFactory {
    private static final int USUAL_PORT = 8081;

    private final SessionProfile profile;
    private final ClusterTarget target;
    private final Path warehouse;
    private final SessionFunctions functions;

    public SessionFactory(SessionProfile profile, ClusterTarget target, Path warehouse) {
        this(profile, target, warehouse, SessionFunctions.STANDARD);
    }

    /** Sessions with further functions. */
    public SessionFactory(
            SessionProfile profile,
            ClusterTarget target,
            Path warehouse,
            SessionFunctions functions) {
        this.profile = requireNonNull(profile, "profile is null");
        this.target = requireNonNull(target, "target is null");
        this.warehouse = requireNonNull(warehouse, "warehouse is null");
        this.functions = requireNonNull(functions, "functions is null");
    }

    /** Whether jobs outlive this process, so that an earlier one may still be at work. */
    public boolean runsOnACluster() {
        return target instanceof ClusterTarget.SessionCluster;
    }

    /** A session to plan in: nothing is executed in it. */
    public Session openForPlanning() {
        Configuration configuration = configuration();
        return open(
                StreamExecutionEnvironment.createLocalEnvironment(configuration),
                configuration,
                Set.of(),
                List.of());
    }

    /**
     * A session to run in, in the mode of the profile ({@link SessionProfile#in}).
     *
     * @param run options of this run: pins, where state lies, what to restore
     */
    public Session openToRun(Map<String, String> run) {
        Configuration configuration = configuration();
        run.forEach(configuration::setString);
        if (target instanceof ClusterTarget.SessionCluster cluster) {
            List<String> all = new ArrayList<>(JobJars.ofClassPath());
            functions.jars().forEach(jar -> all.add(jar.toString()));
            String[] jars = all.toArray(String[]::new);
            return open(
                    StreamExecutionEnvironment.createRemoteEnvironment(
                            cluster.host(), cluster.port(), configuration, jars),
                    configuration,
                    run.keySet(),
                    List.of());
        }
        if (target instanceof ClusterTarget.Running running) {
            PipelineExecutorServiceLoader executors = running.cluster().executors(configuration);
            return open(
                    new StreamExecutionEnvironment(
                            executors,
                            configuration,
                            Thread.currentThread().getContextClassLoader()),
                    configuration,
                    run.keySet(),
                    List.of());
        }
        List<Integer> ports = List.of(USUAL_PORT, freePort());
        configuration.set(RestOptions.PORT, USUAL_PORT);
        configuration.set(
                RestOptions.BIND_PORT,
                ports.stream().map(String::valueOf).collect(Collectors.joining(",")));
        return open(
                StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(configuration),
                configuration,
                run.keySet(),
                ports);
    }

    /**
     * A session for statements that run one after the other: all on one cluster, without a web UI
     * where it is embedded. Each statement may set a run id of its own.
     */
    public StatementSession openForStatements() {
        return openForStatements(Map.of());
    }

    /**
     * The same.
     *
     * @param ofCluster options of the cluster, where it is embedded
     */
    public StatementSession openForStatements(Map<String, String> ofCluster) {
        Map<String, String> run = Map.of(RunOptions.RUN_ID.key(), "sql");
        if (!(target instanceof ClusterTarget.Embedded)) {
            return new StatementSession(openToRun(run), () -> {});
        }
        String parallelism =
                profile.settings()
                        .getOrDefault(
                                CoreOptions.DEFAULT_PARALLELISM.key(),
                                Integer.toString(Runtime.getRuntime().availableProcessors()));
        SessionProfile sized =
                profile.with(
                        EffectiveSettings.MACHINE,
                        Map.of(CoreOptions.DEFAULT_PARALLELISM.key(), parallelism));
        EmbeddedCluster cluster =
                EmbeddedCluster.start(
                        sized.with(EffectiveSettings.MACHINE, ofCluster),
                        Integer.parseInt(parallelism));
        ClusterTarget here = new ClusterTarget.Running(cluster);
        return new StatementSession(
                new SessionFactory(sized, here, warehouse, functions).openToRun(run), cluster);
    }

    private Configuration configuration() {
        Configuration configuration = Configuration.fromMap(profile.flinkSettings());
        if (!functions.jars().isEmpty()) {
            configuration.set(
                    PipelineOptions.JARS,
                    functions.jars().stream().map(jar -> jar.toUri().toString()).toList());
        }
        return configuration;
    }

    private Session open(
            StreamExecutionEnvironment execution,
            Configuration configuration,
            Set<String> run,
            List<Integer> webPorts) {
        configuration.set(
                RunOptions.CONSUMERS,
                warehouse.toAbsolutePath().resolve("_millrace/consumers").toString());
        configuration.set(RunOptions.JOIN_FILTERS, true);
        EnvironmentSettings settings =
                EnvironmentSettings.newInstance()
                        .withConfiguration(configuration)
                        .withClassLoader(functions.loader())
                        .build();
        StreamTableEnvironment tables = StreamTableEnvironment.create(execution, settings);
        PlannerPrograms programs = new PlannerPrograms(new Findings(), new FiredRules());
        tables.getConfig().setPlannerConfig(programs.with(tables.getConfig()));
        // What is planned as a stream is kept with its state, and must be the same the next time.
        boolean tellsStatistics = profile.mode() == RuntimeExecutionMode.BATCH;
        DeltaCatalog catalog = new DeltaCatalog(warehouse, profile.storage(), tellsStatistics);
        CatalogFile.declare(warehouse, catalog);
        register(tables, catalog);
        tables.useCatalog(DeltaCatalog.NAME);
        String snapshot = Functions.install(tables, functions.registry());
        Session session =
                new Session(
                        execution,
                        tables,
                        catalog,
                        profile,
                        functions.registry(),
                        snapshot,
                        webPorts,
                        new EffectiveSettings(profile, run, tables.getConfig()),
                        programs,
                        new PreparedStatements(
                                tables, profile.storage(), profile.maxPreparedStatements()));
        catalog.describe(
                new SessionFacts(
                        functions.registry(),
                        () -> List.of(tables.listFunctions()),
                        session::settings,
                        () -> List.of(session.prepared().use())));
        return session;
    }

    // Its replacement takes a factory by name, and so cannot hand the instance over.
    @SuppressWarnings("deprecation")
    private static void register(StreamTableEnvironment tables, DeltaCatalog catalog) {
        tables.registerCatalog(DeltaCatalog.NAME, catalog);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No port is free for the web UI.", e);
        }
    }
}
