package io.millrace.pipeline;

import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.VersionActions;
import io.millrace.pipeline.definition.ResultDefinition;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Versions of the sources that the targets hold, as their newest commits of this pipeline say. */
final class Positions {
    private static final String SOURCES = "millrace.sources";

    private Positions() {}

    static Map<String, Long> committed(BoundPipeline pipeline) {
        Map<String, Long> positions = new TreeMap<>();
        for (ResultDefinition result : pipeline.definition().results()) {
            DeltaTable table = pipeline.resultTable(result.name());
            if (table.exists()) {
                Optional<VersionActions> last =
                        table.log()
                                .lastTransaction(
                                        Start.sinkId(pipeline, result),
                                        table.log().latestVersion());
                last.map(commit -> commit.info().parameters().get(SOURCES))
                        .flatMap(JsonFiles::parse)
                        .ifPresent(
                                json ->
                                        json.properties()
                                                .forEach(
                                                        entry ->
                                                                positions.merge(
                                                                        entry.getKey(),
                                                                        entry.getValue().asLong(),
                                                                        Math::min)));
            }
        }
        return positions;
    }
}
