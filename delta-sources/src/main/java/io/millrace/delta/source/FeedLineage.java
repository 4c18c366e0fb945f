package io.millrace.delta.source;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageDatasetFacet;
import org.apache.flink.streaming.api.lineage.SourceLineageVertex;

/** What Flink tells its listeners about a source: which table it reads, and where that lies. */
record FeedLineage(ReadSpec spec, Boundedness boundedness)
        implements SourceLineageVertex, LineageDataset {

    FeedLineage {
        requireNonNull(spec, "spec is null");
        requireNonNull(boundedness, "boundedness is null");
    }

    @Override
    public List<LineageDataset> datasets() {
        return List.of(this);
    }

    @Override
    public String name() {
        return spec.dataset();
    }

    @Override
    public String namespace() {
        return spec.location();
    }

    @Override
    public Map<String, LineageDatasetFacet> facets() {
        return Map.of();
    }
}
