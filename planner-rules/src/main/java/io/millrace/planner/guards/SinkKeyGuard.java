package io.millrace.planner.guards;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.planner.plan.metadata.FlinkRelMetadataQuery;
import org.apache.flink.table.planner.plan.nodes.physical.stream.StreamPhysicalRel;
import org.apache.flink.table.planner.plan.nodes.physical.stream.StreamPhysicalSink;
import org.apache.flink.table.planner.plan.optimize.program.FlinkOptimizeProgram;
import org.apache.flink.table.planner.plan.optimize.program.StreamOptimizeContext;
import org.apache.flink.table.planner.plan.utils.ChangelogPlanUtils;
import org.apache.flink.types.RowKind;

/**
 * Finds targets whose key does not follow from a key of the query: two of its rows may then be one
 * row of the target. An id that one of our hashes makes of a key of the query is one. Not looked at
 * where rows are only inserted: there the last one counts. Comes last, when it is known which
 * changes there are.
 */
public final class SinkKeyGuard implements FlinkOptimizeProgram<StreamOptimizeContext> {
    private final Findings findings;

    public SinkKeyGuard(Findings findings) {
        this.findings = requireNonNull(findings, "findings is null");
    }

    @Override
    public RelNode optimize(RelNode root, StreamOptimizeContext context) {
        if (context.getTableConfig().get(GuardOptions.SINK_KEY) != GuardMode.OFF
                && root instanceof StreamPhysicalSink sink) {
            check(sink, context);
        }
        return root;
    }

    private void check(StreamPhysicalSink sink, StreamOptimizeContext context) {
        ResolvedSchema schema = sink.contextResolvedTable().getResolvedSchema();
        List<String> key =
                schema.getPrimaryKey().map(UniqueConstraint::getColumns).orElse(List.of());
        if (key.isEmpty() || insertsOnly(sink.getInput())) {
            return;
        }
        List<String> target =
                schema.getColumns().stream()
                        .filter(column -> column.isPersisted())
                        .map(column -> column.getName())
                        .toList();
        ImmutableBitSet keyColumns = ImmutableBitSet.of(key.stream().map(target::indexOf).toList());
        DeterminedColumns determined =
                new DeterminedColumns(
                        FlinkRelMetadataQuery.reuseOrCreate(sink.getCluster().getMetadataQuery()));
        new KeyCoverage(determined)
                .gap(sink.getInput(), keyColumns)
                .ifPresent(
                        gap ->
                                findings.add(
                                        context.getTableConfig(),
                                        GuardOptions.SINK_KEY,
                                        message(sink, key, gap)));
    }

    private static String message(StreamPhysicalSink sink, List<String> key, KeyCoverage.Gap gap) {
        return "%s: two rows of it may be one of the target, whose key is %s: the query, which reads (%s), %s. Give the target a key that holds one of the query's, or aggregate by the key."
                .formatted(Trees.query(sink), key, Trees.tables(gap.part()), gap.known());
    }

    private static boolean insertsOnly(RelNode input) {
        if (!(input instanceof StreamPhysicalRel rel)) {
            return true;
        }
        scala.Option<ChangelogMode> mode = ChangelogPlanUtils.getChangelogMode(rel);
        return mode.isEmpty() || mode.get().containsOnly(RowKind.INSERT);
    }
}
