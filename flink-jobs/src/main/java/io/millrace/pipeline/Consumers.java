package io.millrace.pipeline;

import io.millrace.artifacts.DatasetResolution;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Positions of a pipeline in its sources, for those who clean tables: {@code
 * _millrace/consumers/<table id>/<pipeline>.json}. Never the truth, which is the checkpoint.
 */
final class Consumers {
    private final BoundPipeline pipeline;

    Consumers(BoundPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Replaces the position in one source. */
    void record(DatasetResolution source, long version) {
        Map<String, Object> position = new LinkedHashMap<>();
        position.put("pipeline", pipeline.name());
        position.put("dataset", source.dataset());
        position.put("location", source.location());
        position.put("table_id", source.tableId());
        position.put("version", version);
        position.put("updated", Instant.now().toString());
        JsonFiles.write(
                pipeline.internal()
                        .resolve("consumers")
                        .resolve(source.tableId())
                        .resolve(pipeline.name() + ".json"),
                position);
    }
}
