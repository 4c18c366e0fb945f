package io.millrace.delta.source;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.DatasetName;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageDatasetFacet;
import org.apache.flink.streaming.api.lineage.SourceLineageVertex;
import org.apache.flink.table.types.logical.RowType;

/**
 * A Delta table in Flink's lineage, for listeners of jobs: named as OpenLineage names it, with the
 * columns that are read as facet {@code schema}. Nothing in it is a credential.
 */
@PublicEvolving
public record TableLineage(String namespace, String name, SchemaFacet schema)
        implements LineageDataset {
    /** Columns in order. */
    public record SchemaFacet(List<Column> fields) implements LineageDatasetFacet {
        /** Key among the facets of a dataset. */
        public static final String NAME = "schema";

        public SchemaFacet {
            fields = List.copyOf(fields);
        }

        @Override
        public String name() {
            return NAME;
        }
    }

    /**
     * A column.
     *
     * @param type as SQL writes it
     */
    public record Column(String name, String type) {
        public Column {
            requireNonNull(name, "name is null");
            requireNonNull(type, "type is null");
        }
    }

    public TableLineage {
        requireNonNull(namespace, "namespace is null");
        requireNonNull(name, "name is null");
        requireNonNull(schema, "schema is null");
    }

    /** The table at a location. */
    public static TableLineage of(String location, RowType columns) {
        DatasetName named = DatasetName.of(location);
        return new TableLineage(
                named.namespace(),
                named.name(),
                new SchemaFacet(
                        columns.getFields().stream()
                                .map(
                                        field ->
                                                new Column(
                                                        field.getName(),
                                                        field.getType().asSummaryString()))
                                .toList()));
    }

    @Override
    public Map<String, LineageDatasetFacet> facets() {
        return Map.of(SchemaFacet.NAME, schema);
    }

    /** A source of rows of a table; what it reads is asked for when the job is submitted. */
    static SourceLineageVertex source(Supplier<TableLineage> table, Boundedness boundedness) {
        return new SourceLineageVertex() {
            @Override
            public Boundedness boundedness() {
                return boundedness;
            }

            @Override
            public List<LineageDataset> datasets() {
                return List.of(table.get());
            }
        };
    }
}
