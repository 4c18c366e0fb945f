package io.millrace.tests.faults;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.FaultPoint;
import io.millrace.tests.harness.Millrace;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A session cluster as separate processes, which can be killed, paused and continued: one job
 * manager, and task managers of one slot each. Its class path has Flink, and neither this project
 * nor a planner.
 */
final class ClusterProcesses implements AutoCloseable {

    /** System property with the class path that the cluster's is taken from. */
    static final String CLASS_PATH = "faults.class.path";

    private static final int SLOTS = 1;

    private final Path folder;
    private final Path faults;
    private final int rpcPort;
    private final int restPort;
    private final List<Process> taskManagers = new ArrayList<>();
    private Process jobManager;
    private int started;

    /**
     * @param folder takes configuration and logs
     * @param faults folder of orders for {@link FaultPoint}s
     */
    ClusterProcesses(Path folder, Path faults) throws IOException {
        this.folder = requireNonNull(folder, "folder is null");
        this.faults = requireNonNull(faults, "faults is null");
        this.rpcPort = freePort();
        this.restPort = freePort();
        Files.createDirectories(folder.resolve("conf"));
        Files.write(
                folder.resolve("conf/config.yaml"),
                configuration().entrySet().stream()
                        .map(option -> option.getKey() + ": " + option.getValue())
                        .toList());
        Files.writeString(
                folder.resolve("conf/log4j.properties"),
                """
                rootLogger.level = INFO
                rootLogger.appenderRef.console.ref = Console
                appender.console.type = Console
                appender.console.name = Console
                appender.console.layout.type = PatternLayout
                appender.console.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1} %m%n
                """);
        startJobManager();
    }

    private Map<String, String> configuration() {
        Map<String, String> options = new TreeMap<>();
        options.put("jobmanager.rpc.address", "localhost");
        options.put("jobmanager.rpc.port", Integer.toString(rpcPort));
        options.put("jobmanager.memory.process.size", "700m");
        options.put("rest.address", "localhost");
        options.put("rest.port", Integer.toString(restPort));
        options.put("rest.bind-address", "localhost");
        options.put("taskmanager.host", "localhost");
        options.put("taskmanager.numberOfTaskSlots", Integer.toString(SLOTS));
        options.put("taskmanager.cpu.cores", "1.0");
        options.put("taskmanager.memory.task.heap.size", "256m");
        options.put("taskmanager.memory.task.off-heap.size", "0m");
        options.put("taskmanager.memory.managed.size", "16m");
        options.put("taskmanager.memory.network.min", "32m");
        options.put("taskmanager.memory.network.max", "32m");
        options.put("taskmanager.memory.framework.heap.size", "128m");
        options.put("taskmanager.memory.framework.off-heap.size", "64m");
        options.put("taskmanager.memory.jvm-metaspace.size", "256m");
        options.put("taskmanager.memory.jvm-overhead.min", "64m");
        options.put("taskmanager.memory.jvm-overhead.max", "64m");
        // Found soon, but not for a moment without a processor.
        options.put("heartbeat.interval", "1000");
        options.put("heartbeat.timeout", "8000");
        options.put("cluster.registration.initial-timeout", "200");
        options.put("cluster.registration.max-timeout", "1000");
        options.put("cluster.registration.error-delay", "500");
        options.put("cluster.registration.refused-registration-delay", "500");
        options.put("taskmanager.registration.timeout", "10 min");
        options.put("task.cancellation.timeout", "60000");
        options.put("io.tmp.dirs", folder.resolve("tmp").toString());
        return options;
    }

    int restPort() {
        return restPort;
    }

    void startJobManager() throws IOException {
        jobManager =
                java(
                        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                        "jobmanager",
                        "-Xmx384m");
    }

    void startTaskManager() throws IOException {
        taskManagers.add(
                java(
                        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                        "taskmanager",
                        "-Xmx384m"));
    }

    /** Those that were started and not killed since. */
    List<Process> taskManagers() {
        taskManagers.removeIf(process -> !process.isAlive());
        return List.copyOf(taskManagers);
    }

    void killJobManager() throws InterruptedException {
        kill(jobManager);
    }

    /** SIGKILL: nothing is cleaned up. */
    void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        taskManagers.remove(process);
    }

    void pause(Process process) throws Exception {
        signal("-STOP", process);
    }

    void proceed(Process process) throws Exception {
        signal("-CONT", process);
    }

    private static void signal(String signal, Process process) throws Exception {
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    }

    private Process java(String main, String name, String heap) throws IOException {
        Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        heap,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.net.preferIPv4Stack=true",
                        "-Dlog4j.configurationFile=" + folder.resolve("conf/log4j.properties"),
                        "-D" + FaultPoint.PROPERTY + "=" + faults));
        command.addAll(opens());
        command.addAll(List.of("-cp", classPath(), main));
        command.addAll(List.of("--configDir", folder.resolve("conf").toString()));
        String log = String.format(Locale.ROOT, "%s-%03d.log", name, started++);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile())
                .start();
    }

    private static List<String> opens() throws IOException {
        String pom = Files.readString(Millrace.root().resolve("pom.xml"));
        String options = pom.replaceAll("(?s).*<jvm.opens>(.*)</jvm.opens>.*", "$1");
        return Arrays.asList(options.trim().split("\\s+"));
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty(CLASS_PATH).split(File.pathSeparator))
                .filter(ClusterProcesses::isForTheCluster)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Whether a job need not bring it. */
    static boolean isForTheCluster(String entry) {
        String name = Path.of(entry).getFileName().toString();
        return entry.endsWith(".jar")
                && !name.matches("(millrace-|flink-table-planner|surefire|junit).*");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws Exception {
        for (Process process : taskManagers()) {
            kill(process);
        }
        killJobManager();
    }
}
