package io.millrace.session;

import java.util.Map;

/** What the shipped profiles set. */
final class Settings {
    /** What the guarantees rest on, and what must not differ from machine to machine. */
    static final Map<String, String> BASE =
            Map.ofEntries(
                    Map.entry("execution.runtime-mode", "STREAMING"),
                    Map.entry("pipeline.generic-types", "false"),
                    // Else every row would be copied between chained operators; none of ours keeps
                    // one.
                    Map.entry("pipeline.object-reuse", "true"),
                    Map.entry("pipeline.max-parallelism", "128"),
                    Map.entry("table.local-time-zone", "UTC"),
                    Map.entry("table.exec.uid.generation", "ALWAYS"),
                    // Locations stay out of plans; the catalog adds them when a plan is loaded.
                    Map.entry("table.plan.compile.catalog-objects", "SCHEMA"),
                    Map.entry("table.dynamic-table-options.enabled", "false"),
                    Map.entry("execution.checkpointing.mode", "EXACTLY_ONCE"),
                    Map.entry("execution.checkpointing.unaligned.enabled", "false"),
                    Map.entry("execution.checkpointing.aligned-checkpoint-timeout", "0 s"),
                    Map.entry("execution.checkpointing.max-concurrent-checkpoints", "1"),
                    Map.entry("execution.checkpointing.timeout", "1 h"),
                    Map.entry(
                            "execution.checkpointing.externalized-checkpoint-retention",
                            "RETAIN_ON_CANCELLATION"),
                    Map.entry("execution.checkpointing.num-retained", "2"),
                    Map.entry("classloader.check-leaked-classloader", "false"));

    /** A cluster in this process. */
    static final Map<String, String> EMBEDDED =
            Map.ofEntries(
                    Map.entry("rest.address", "localhost"),
                    Map.entry("rest.bind-address", "localhost"),
                    Map.entry("web.submit.enable", "false"),
                    Map.entry("pekko.ask.timeout", "60 s"),
                    // Slots are there from the start: waiting to ask for many at once gains
                    // nothing.
                    Map.entry("slotmanager.requirement-check.delay", "0 ms"),
                    Map.entry("heartbeat.timeout", "120000"),
                    Map.entry("taskmanager.memory.network.min", "256mb"),
                    Map.entry("taskmanager.memory.network.max", "256mb"),
                    Map.entry("taskmanager.memory.managed.size", "256mb"));

    static final Map<String, String> REFRESH =
            Map.of(
                    "state.backend.type", "hashmap",
                    "execution.checkpointing.interval", "1 s",
                    "execution.checkpointing.min-pause", "200 ms",
                    "restart-strategy.type", "fixed-delay",
                    "restart-strategy.fixed-delay.attempts", "3",
                    "restart-strategy.fixed-delay.delay", "1 s");

    static final Map<String, String> CONTINUOUS_HEAP =
            Map.of(
                    "state.backend.type", "hashmap",
                    "execution.checkpointing.interval", "5 s",
                    "execution.checkpointing.min-pause", "500 ms",
                    "restart-strategy.type", "fixed-delay",
                    "restart-strategy.fixed-delay.attempts", "10",
                    "restart-strategy.fixed-delay.delay", "2 s");

    static final Map<String, String> CONTINUOUS_ROCKSDB =
            Map.of(
                    "state.backend.type", "rocksdb",
                    "execution.checkpointing.incremental", "true",
                    "execution.checkpointing.interval", "10 s",
                    "execution.checkpointing.min-pause", "1 s",
                    "restart-strategy.type", "exponential-delay");

    static final Map<String, String> BATCH = Map.of("execution.runtime-mode", "BATCH");

    private Settings() {}
}
