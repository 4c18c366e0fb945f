package io.millrace.delta.sink.sql;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.DataType;
import io.millrace.delta.commit.Replaced;
import io.millrace.delta.parquet.PartitionValueException;
import io.millrace.delta.parquet.PartitionValues;
import io.millrace.delta.scan.Predicate;
import io.millrace.delta.sink.DeltaSink;
import io.millrace.delta.source.sql.PartitionConditions;
import io.millrace.delta.source.sql.RowLevelScan;
import io.millrace.delta.table.DeltaTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.RowLevelModificationScanContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.abilities.SupportsDeletePushDown;
import org.apache.flink.table.connector.sink.abilities.SupportsOverwrite;
import org.apache.flink.table.connector.sink.abilities.SupportsPartitioning;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelDelete;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelUpdate;
import org.apache.flink.table.connector.sink.abilities.SupportsTargetColumnWriting;
import org.apache.flink.table.connector.sink.abilities.SupportsTruncate;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.types.RowKind;

/**
 * A Delta table as the target of INSERT, and in batch of INSERT OVERWRITE, DELETE, UPDATE and
 * TRUNCATE.
 *
 * <p>With a key it asks for all kinds of changes: pre-images then cost no reads, and rows may
 * overtake each other. A plan that was compiled earlier does not ask again, so the input is taken
 * to retract unless the planner said that it only inserts.
 */
@Internal
public final class DeltaTableSink
        implements DynamicTableSink,
                SupportsPartitioning,
                SupportsOverwrite,
                SupportsTruncate,
                SupportsDeletePushDown,
                SupportsRowLevelDelete,
                SupportsRowLevelUpdate,
                SupportsTargetColumnWriting {

    private final DeltaSink.Builder sink;
    private final DeltaTarget target;
    private final boolean upsertInput;

    private Map<String, String> partition = Map.of();
    private boolean overwrite;
    private boolean rowLevel;
    private int[][] named = {};
    private Optional<Predicate> deleted = Optional.empty();

    /**
     * @param upsertInput whether changes come without pre-images
     */
    DeltaTableSink(DeltaSink.Builder sink, DeltaTarget target, boolean upsertInput) {
        this.sink = requireNonNull(sink, "sink is null");
        this.target = requireNonNull(target, "target is null");
        this.upsertInput = upsertInput;
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
        boolean insertsOnly = requestedMode.containsOnly(RowKind.INSERT);
        sink.retracts(!insertsOnly && !upsertInput);
        if (target.keyed() && upsertInput) {
            return ChangelogMode.upsert(false);
        }
        return target.keyed() && !insertsOnly ? ChangelogMode.all() : ChangelogMode.insertOnly();
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        if (context.isBounded()) {
            // Batch input only inserts; the planner has not asked an instance that it made anew.
            sink.retracts(false);
        }
        if (overwrite) {
            if (!context.isBounded()) {
                throw new ValidationException(
                        "%s: cannot be overwritten by a streaming job, whose input has no end. Set 'execution.runtime-mode' = 'batch', or use INSERT INTO."
                                .formatted(target.dataset()));
            }
            sink.overwrite(target.replaced(partition));
        } else if (target.keyed() && !rowLevel) {
            keepColumnsThatAreNotNamed(context.isBounded());
        }
        target.check(target.keyed() || overwrite || rowLevel);
        DeltaSink built = sink.build();
        return new DataStreamSinkProvider() {
            @Override
            public DataStreamSink<?> consumeDataStream(
                    ProviderContext providerContext, DataStream<RowData> rows) {
                return built.append(rows);
            }
        };
    }

    /**
     * A statement reads the rows that it completes, once, and is refused where somebody else has
     * committed meanwhile. A stream would have to be able to complete them anew at each commit, of
     * rows that are no longer there.
     */
    private void keepColumnsThatAreNotNamed(boolean bounded) {
        Set<String> left = new TreeSet<>();
        target.columns().forEach(column -> left.add(column.getName()));
        if (named.length == 0) {
            return;
        }
        for (int[] path : named) {
            left.remove(target.columns().get(path[0]).getName());
        }
        left.removeAll(partition.keySet());
        if (left.isEmpty()) {
            return;
        }
        if (!bounded) {
            throw new ValidationException(
                    "%s: cannot write some of its columns only: in a stream a row takes the place of the one with its key as a whole, and %s would become null. Name every column, with NULL where that is meant; or run the statement in batch, which keeps the others."
                            .formatted(target.dataset(), left));
        }
        if (left.stream().anyMatch(target.spec().keyColumns()::contains)) {
            throw new ValidationException(
                    "%s: cannot write rows without the key %s: the statement does not name %s. Name them."
                            .formatted(target.dataset(), target.spec().keyColumns(), left));
        }
        sink.keeping(left);
    }

    @Override
    public boolean applyTargetColumns(int[][] columns) {
        named = columns.clone();
        return true;
    }

    /** The values stand in the rows, too; an overwrite needs them where there are none. */
    @Override
    public void applyStaticPartition(Map<String, String> values) {
        values.forEach(this::checkPartition);
        partition = Map.copyOf(values);
    }

    private void checkPartition(String column, String value) {
        DataType type = target.spec().definition().schema().get(column).getDataType();
        try {
            PartitionValues.parse(type, value);
        } catch (PartitionValueException e) {
            throw new ValidationException(
                    "%s: cannot write PARTITION (%s = '%s'): %s. Give a value as it is written in the table's log."
                            .formatted(target.dataset(), column, value, e.getMessage()),
                    e);
        }
    }

    @Override
    public void applyOverwrite(boolean value) {
        overwrite = value;
    }

    @Override
    public void executeTruncation() {
        target.delete("TRUNCATE", Replaced.ALL);
    }

    @Override
    public boolean applyDeleteFilters(List<ResolvedExpression> filters) {
        DeltaTable table = target.spec().table();
        if (!filters.isEmpty() && !table.exists()) {
            return false;
        }
        deleted =
                filters.isEmpty()
                        ? Optional.of(Predicate.TRUE)
                        : PartitionConditions.of(table, filters);
        return deleted.isPresent();
    }

    @Override
    public Optional<Long> executeDeletion() {
        Predicate where = deleted.orElseThrow();
        return Optional.of(target.delete("DELETE", new Replaced(Map.of(), false, where)));
    }

    @Override
    public RowLevelDeleteInfo applyRowLevelDelete(RowLevelModificationScanContext context) {
        rowLevel = true;
        sink.rowLevel("DELETE", readVersion("DELETE", context));
        return new RowLevelDeleteInfo() {
            @Override
            public Optional<List<Column>> requiredColumns() {
                return Optional.of(places());
            }
        };
    }

    @Override
    public RowLevelUpdateInfo applyRowLevelUpdate(
            List<Column> updatedColumns, RowLevelModificationScanContext context) {
        for (Column column : updatedColumns) {
            if (target.spec().keyColumns().contains(column.getName())) {
                throw new ValidationException(
                        "%s: cannot UPDATE column %s: it is part of the key %s, and another row may have the new one. DELETE the rows and INSERT them anew."
                                .formatted(
                                        target.dataset(),
                                        column.getName(),
                                        target.spec().keyColumns()));
            }
        }
        rowLevel = true;
        sink.rowLevel("UPDATE", readVersion("UPDATE", context));
        List<Column> columns = new ArrayList<>(target.columns());
        columns.addAll(places());
        return new RowLevelUpdateInfo() {
            @Override
            public Optional<List<Column>> requiredColumns() {
                return Optional.of(columns);
            }
        };
    }

    private static List<Column> places() {
        return List.of(
                Column.metadata(RowLevelScan.FILE_PATH, DataTypes.STRING().notNull(), null, true),
                Column.metadata(RowLevelScan.ROW_INDEX, DataTypes.BIGINT().notNull(), null, true));
    }

    private long readVersion(String statement, RowLevelModificationScanContext context) {
        Optional<Long> version =
                context instanceof RowLevelScan scan
                        ? Optional.ofNullable(scan.versions().get(target.spec().location()))
                        : Optional.empty();
        return version.orElseThrow(
                () ->
                        new ValidationException(
                                "%s: cannot %s rows: the statement does not read one version of the table. Set 'execution.runtime-mode' = 'batch' and leave 'scan' options out."
                                        .formatted(target.dataset(), statement)));
    }

    @Override
    public DynamicTableSink copy() {
        DeltaTableSink copy = new DeltaTableSink(sink.copy(), target, upsertInput);
        copy.partition = partition;
        copy.overwrite = overwrite;
        copy.rowLevel = rowLevel;
        copy.named = named;
        copy.deleted = deleted;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "Delta table " + target.dataset();
    }
}
