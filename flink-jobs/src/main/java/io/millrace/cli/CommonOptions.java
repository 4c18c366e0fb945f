package io.millrace.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that every sub-command has; a picocli mixin. */
public final class CommonOptions {
    @Option(
            names = "--warehouse",
            paramLabel = "DIR",
            description = "Folder of the tables (default: warehouse in the work folder).")
    private Path warehouse = Path.of("warehouse");

    @Option(
            names = "--param",
            paramLabel = "KEY=VALUE",
            description =
                    "A parameter of the pipeline, or NAME:TYPE=VALUE for :NAME in SQL; repeatable.")
    private Map<String, String> params = new LinkedHashMap<>();

    @Option(names = "--profile", paramLabel = "NAME", description = "Session profile.")
    private String profile = "";

    @Option(
            names = "--target",
            paramLabel = "local|HOST:PORT",
            description = "Embedded cluster (default), or a Flink session cluster.")
    private String target = "local";

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    /** Absolute path of the warehouse; it may not exist yet. */
    public Path warehouse() {
        return warehouse.toAbsolutePath().normalize();
    }

    public Map<String, String> params() {
        return Map.copyOf(params);
    }

    /** Name of the profile, empty where none was given. */
    public String profile() {
        return profile;
    }

    public String target() {
        return target;
    }

    public boolean json() {
        return json;
    }
}
