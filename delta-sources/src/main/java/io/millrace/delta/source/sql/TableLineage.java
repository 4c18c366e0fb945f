package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageDatasetFacet;
import org.apache.flink.streaming.api.lineage.SourceLineageVertex;

/**
 * The table that a stream comes from, for Flink's lineage: the planner attaches its own only to
 * sources that stand directly behind a scan.
 */
record TableLineage(String dataset, String location, Boundedness boundedness)
        implements SourceLineageVertex {

    TableLineage {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(location, "location is null");
        requireNonNull(boundedness, "boundedness is null");
    }

    @Override
    public List<LineageDataset> datasets() {
        return List.of(new TableDataset(dataset, location));
    }

    private record TableDataset(String name, String namespace) implements LineageDataset {
        @Override
        public Map<String, LineageDatasetFacet> facets() {
            return Map.of();
        }
    }
}
