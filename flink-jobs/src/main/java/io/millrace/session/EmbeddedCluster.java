package io.millrace.session;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobStatusChangedListener;
import org.apache.flink.core.execution.JobStatusChangedListenerUtils;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient.JobFinalizationBehavior;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * A cluster in this process that stays between jobs, as a session cluster does: what comes before a
 * job's first row is then the job's own.
 */
public final class EmbeddedCluster implements AutoCloseable {

    private final MiniCluster cluster;

    private EmbeddedCluster(MiniCluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    /**
     * @param profile whose Flink settings are the cluster's
     * @param slots how many subtasks of an operator may run at a time
     */
    public static EmbeddedCluster start(SessionProfile profile, int slots) {
        Configuration configuration = Configuration.fromMap(profile.flinkSettings());
        configuration.set(RestOptions.BIND_PORT, "0");
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .build());
        try {
            cluster.start();
        } catch (Exception e) {
            throw new FlinkRuntimeException("The cluster in this process cannot be started.", e);
        }
        return new EmbeddedCluster(cluster);
    }

    /** Points an environment's configuration here, and gives what submits its jobs. */
    PipelineExecutorServiceLoader executors(Configuration configuration) {
        configuration.set(DeploymentOptions.TARGET, Executors.NAME);
        configuration.set(DeploymentOptions.ATTACHED, true);
        return new Executors(cluster);
    }

    @Override
    public void close() {
        cluster.closeAsync().join();
    }

    private record Executors(MiniCluster cluster)
            implements PipelineExecutorServiceLoader, PipelineExecutorFactory {

        static final String NAME = "embedded";

        @Override
        public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
            return this;
        }

        @Override
        public Stream<String> getExecutorNames() {
            return Stream.of(NAME);
        }

        @Override
        public String getName() {
            return NAME;
        }

        @Override
        public boolean isCompatibleWith(Configuration configuration) {
            return true;
        }

        @Override
        public PipelineExecutor getExecutor(Configuration configuration) {
            return this::submit;
        }

        private CompletableFuture<JobClient> submit(
                Pipeline pipeline, Configuration configuration, ClassLoader loader)
                throws Exception {
            StreamGraph graph = PipelineExecutorUtils.getStreamGraph(pipeline, configuration);
            graph.serializeUserDefinedInstances();
            List<JobStatusChangedListener> listeners =
                    JobStatusChangedListenerUtils.createJobStatusChangedListeners(
                            loader, configuration, Runnable::run);
            return cluster.submitJob(graph)
                    .whenComplete(
                            (submitted, failure) -> {
                                if (failure == null) {
                                    PipelineExecutorUtils.notifyJobStatusListeners(
                                            pipeline, graph, listeners);
                                }
                            })
                    .thenApplyAsync(
                            submitted -> {
                                initialized(submitted.getJobID(), loader);
                                return new EmbeddedJob(
                                        new MiniClusterJobClient(
                                                submitted.getJobID(),
                                                cluster,
                                                loader,
                                                JobFinalizationBehavior.NOTHING),
                                        cluster);
                            });
        }

        private void initialized(JobID job, ClassLoader loader) {
            try {
                ClientUtils.waitUntilJobInitializationFinished(
                        () -> cluster.getJobStatus(job).get(),
                        () -> cluster.requestJobResult(job).get(),
                        loader);
            } catch (Exception e) {
                throw new FlinkRuntimeException("The job cannot be started: " + e.getMessage(), e);
            }
        }
    }
}
