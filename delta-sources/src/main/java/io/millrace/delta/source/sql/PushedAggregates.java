package io.millrace.delta.source.sql;

import io.millrace.delta.scan.FieldPath;
import io.millrace.delta.scan.SnapshotFiles;
import io.millrace.delta.scan.SnapshotSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.types.logical.LogicalType;

/** Counts and extremes of all rows, where the log knows them exactly. */
final class PushedAggregates {

    private static final String COUNT_ROWS = "Count1AggFunction";
    private static final String COUNT_VALUES = "CountAggFunction";
    private static final String MINIMUM = "MinAggFunction";
    private static final String MAXIMUM = "MaxAggFunction";

    private PushedAggregates() {}

    /** The one row of results; empty where the log does not know all of them. */
    static Optional<RowData> of(
            DeltaScan scan,
            SnapshotFiles files,
            ScanNeeds needs,
            List<int[]> groupingSets,
            List<AggregateExpression> aggregates) {
        boolean grouped = groupingSets.stream().anyMatch(grouping -> grouping.length > 0);
        if (grouped || needs.limit().isPresent()) {
            return Optional.empty();
        }
        List<String> columns = new ArrayList<>();
        for (AggregateExpression aggregate : aggregates) {
            for (FieldReferenceExpression argument : aggregate.getArgs()) {
                Optional<String> column = tableColumn(scan, needs, argument);
                if (column.isEmpty()) {
                    return Optional.empty();
                }
                columns.add(column.get());
            }
        }
        SnapshotSummary summary = files.summary(needs.filter(), columns);
        if (!summary.decided() || summary.rows().isEmpty()) {
            return Optional.empty();
        }
        GenericRowData row = new GenericRowData(aggregates.size());
        for (int i = 0; i < row.getArity(); i++) {
            Optional<Optional<Object>> result = result(scan, needs, summary, aggregates.get(i));
            if (result.isEmpty()) {
                return Optional.empty();
            }
            row.setField(i, result.get().orElse(null));
        }
        return Optional.of(row);
    }

    private static Optional<String> tableColumn(
            DeltaScan scan, ScanNeeds needs, FieldReferenceExpression argument) {
        return needs.pathOf(FieldPath.of(argument.getName()))
                .filter(path -> !path.isNested())
                .flatMap(path -> scan.tableColumn(path.column()));
    }

    /** Nothing where the log does not know; within that, nothing for null. */
    private static Optional<Optional<Object>> result(
            DeltaScan scan,
            ScanNeeds needs,
            SnapshotSummary summary,
            AggregateExpression aggregate) {
        long rows = summary.rows().orElseThrow();
        String function = aggregate.getFunctionDefinition().getClass().getSimpleName();
        if (function.equals(COUNT_ROWS)) {
            return Optional.of(Optional.of(rows));
        } else if (aggregate.getArgs().size() != 1 || aggregate.getFilterExpression().isPresent()) {
            return Optional.empty();
        }
        FieldReferenceExpression argument = aggregate.getArgs().get(0);
        LogicalType type = argument.getOutputDataType().getLogicalType();
        String name = tableColumn(scan, needs, argument).orElseThrow();
        SnapshotSummary.Column column = summary.columns().get(name);
        if (function.equals(COUNT_VALUES)) {
            OptionalLong nulls = column.nulls();
            return nulls.isPresent()
                    ? Optional.of(Optional.of(rows - nulls.getAsLong()))
                    : Optional.empty();
        } else if (!column.exact()) {
            return Optional.empty();
        } else if (function.endsWith(MINIMUM)) {
            return Optional.of(column.minimum(type));
        } else if (function.endsWith(MAXIMUM)) {
            return Optional.of(column.maximum(type));
        }
        return Optional.empty();
    }
}
