package io.millrace.artifacts.lineage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.flink.table.planner.connectors.DynamicSourceUtils;
import org.apache.flink.table.planner.plan.abilities.source.FilterPushDownSpec;
import org.apache.flink.table.planner.plan.abilities.source.LimitPushDownSpec;
import org.apache.flink.table.planner.plan.abilities.source.PartitionPushDownSpec;
import org.apache.flink.table.planner.plan.abilities.source.ProjectPushDownSpec;
import org.apache.flink.table.planner.plan.abilities.source.ReadingMetadataSpec;
import org.apache.flink.table.planner.plan.abilities.source.SourceAbilitySpec;
import org.apache.flink.table.planner.plan.abilities.source.SourceWatermarkSpec;
import org.apache.flink.table.planner.plan.abilities.source.WatermarkPushDownSpec;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Columns of scans, with what was moved into the source: projections, filters, partitions. */
final class ScanLineage {
    private final LineageContext context;

    ScanLineage(LineageContext context) {
        this.context = context;
    }

    /** Name of the table that a scan reads, in parts. */
    static List<String> table(TableScan scan) {
        TableSourceTable table = scan.getTable().unwrap(TableSourceTable.class);
        return table == null
                ? scan.getTable().getQualifiedName()
                : table.contextResolvedTable().getIdentifier().toList();
    }

    Flow of(TableScan scan) {
        Reading reading = new Reading(context.names().of(table(scan)));
        TableSourceTable table = scan.getTable().unwrap(TableSourceTable.class);
        if (table == null) {
            reading.columns = scan.getRowType().getFieldNames();
        } else {
            RowType produced =
                    DynamicSourceUtils.createProducedType(
                            table.contextResolvedTable().getResolvedSchema(), table.tableSource());
            reading.columns = produced.getFieldNames();
            for (SourceAbilitySpec spec : table.abilitySpecs()) {
                reading.apply(spec, produced);
            }
        }
        Map<String, String> details = new LinkedHashMap<>();
        details.put("dataset", reading.dataset);
        details.put("columns", reading.columns.stream().sorted().collect(Collectors.joining(", ")));
        details.put("filter", String.join(" AND ", reading.filters));
        return new Flow(reading.fields(), reading.rows, context.step("scan", details));
    }

    /** What a source was told, one after the other. */
    private final class Reading {
        private final String dataset;
        private final NavigableSet<Origin> rows = new TreeSet<>();
        private final NavigableSet<String> filters = new TreeSet<>();
        private List<String> columns = List.of();

        Reading(String dataset) {
            this.dataset = dataset;
        }

        List<NavigableSet<Origin>> fields() {
            return columns.stream().map(this::identity).toList();
        }

        private NavigableSet<Origin> identity(String column) {
            return new TreeSet<>(
                    List.of(new Origin(new ColumnName(dataset, column), Influence.IDENTITY)));
        }

        void apply(SourceAbilitySpec spec, RowType produced) {
            if (spec instanceof ProjectPushDownSpec projection) {
                columns =
                        Arrays.stream(projection.getProjectedFields())
                                .map(path -> path(produced, path))
                                .toList();
            } else if (spec instanceof ReadingMetadataSpec metadata) {
                readMetadata(metadata);
            } else if (spec instanceof FilterPushDownSpec filter) {
                Expressions expressions = context.expressions(fields());
                for (RexNode predicate : filter.getPredicates()) {
                    rows.addAll(expressions.deciding(predicate, Influence.FILTER));
                    filters.add(LineageContext.text(predicate, columns));
                }
            } else if (spec instanceof PartitionPushDownSpec partitions) {
                for (Map<String, String> partition : partitions.getPartitions()) {
                    partition
                            .keySet()
                            .forEach(
                                    column ->
                                            rows.addAll(
                                                    Origins.deciding(
                                                            identity(column), Influence.FILTER)));
                }
            } else if (spec instanceof WatermarkPushDownSpec watermark) {
                // Where a window closes depends on these, and with it what comes too late.
                rows.addAll(
                        context.expressions(fields())
                                .deciding(watermark.getWatermarkExpr(), Influence.WINDOW));
            } else if (!(spec instanceof LimitPushDownSpec)
                    && !(spec instanceof SourceWatermarkSpec)) {
                throw Untraceable.of(spec);
            }
        }

        private void readMetadata(ReadingMetadataSpec metadata) {
            int keys = metadata.getMetadataKeys().size();
            List<String> names =
                    metadata.getProducedType().map(RowType::getFieldNames).orElse(columns);
            List<String> read = new ArrayList<>(columns.subList(0, names.size() - keys));
            read.addAll(names.subList(names.size() - keys, names.size()));
            columns = read;
        }
    }

    private static String path(RowType row, int[] positions) {
        List<String> names = new ArrayList<>();
        LogicalType type = row;
        for (int position : positions) {
            RowType struct = (RowType) type;
            names.add(struct.getFieldNames().get(position));
            type = struct.getTypeAt(position);
        }
        return String.join(".", names);
    }
}
