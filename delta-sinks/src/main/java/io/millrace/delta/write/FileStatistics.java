package io.millrace.delta.write;

import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * The statistics of a data file, as an {@code add} action holds them (Delta protocol, "Per-file
 * Statistics"), from the footer of the file that was just written.
 */
final class FileStatistics {

    static final String INDEXED_COLUMNS_PROPERTY = "delta.dataSkippingNumIndexedCols";
    static final String STATS_COLUMNS_PROPERTY = "delta.dataSkippingStatsColumns";
    private static final int DEFAULT_INDEXED_COLUMNS = 32;

    /** Where names are taken apart; they may stand between backticks. */
    private static final String OUTSIDE_OF_QUOTES = "%s(?=(?:[^`]*`[^`]*`)*[^`]*$)";

    private final StructType physicalSchema;
    private final List<Leaf> leaves = new ArrayList<>();

    private record Leaf(Column column, DataType type) {}

    FileStatistics(FileLayout layout) {
        ColumnMapping mapping = layout.mapping();
        List<StructField> stored = layout.storedColumns().stream().map(layout::field).toList();
        this.physicalSchema = physical(stored, mapping);
        collectLeaves(physicalSchema, new String[0]);
        String named = layout.properties().get(STATS_COLUMNS_PROPERTY);
        if (named != null) {
            keepNamed(named, stored, mapping);
        } else {
            keepFirst(layout.properties().get(INDEXED_COLUMNS_PROPERTY));
        }
    }

    private static StructType physical(List<StructField> fields, ColumnMapping mapping) {
        List<StructField> physical = new ArrayList<>();
        for (StructField field : fields) {
            DataType type =
                    field.getDataType() instanceof StructType struct
                            ? physical(struct.fields(), mapping)
                            : field.getDataType();
            physical.add(new StructField(mapping.physicalName(field), type, field.isNullable()));
        }
        return new StructType(physical);
    }

    private void collectLeaves(StructType struct, String[] parent) {
        for (StructField field : struct.fields()) {
            String[] path = Arrays.copyOf(parent, parent.length + 1);
            path[parent.length] = field.getName();
            if (field.getDataType() instanceof StructType nested) {
                collectLeaves(nested, path);
            } else {
                leaves.add(new Leaf(new Column(path), field.getDataType()));
            }
        }
    }

    private void keepFirst(String property) {
        int count = property == null ? DEFAULT_INDEXED_COLUMNS : Integer.parseInt(property.trim());
        if (count >= 0 && count < leaves.size()) {
            leaves.subList(count, leaves.size()).clear();
        }
    }

    /** A name stands for a column, or a field of a struct, and all that is in it. */
    private void keepNamed(String names, List<StructField> stored, ColumnMapping mapping) {
        List<List<String>> kept = new ArrayList<>();
        for (String name : names.split(OUTSIDE_OF_QUOTES.formatted(","))) {
            physicalPath(name.trim(), stored, mapping).ifPresent(kept::add);
        }
        leaves.removeIf(
                leaf -> {
                    List<String> path = List.of(leaf.column().getNames());
                    return kept.stream()
                            .noneMatch(
                                    prefix ->
                                            path.size() >= prefix.size()
                                                    && path.subList(0, prefix.size())
                                                            .equals(prefix));
                });
    }

    /** Empty for a partition column, or where the table has no such column. */
    private static Optional<List<String>> physicalPath(
            String name, List<StructField> stored, ColumnMapping mapping) {
        List<String> path = new ArrayList<>();
        List<StructField> fields = stored;
        for (String part : name.split(OUTSIDE_OF_QUOTES.formatted("\\."))) {
            String plain = part.replace("`", "");
            Optional<StructField> field =
                    fields.stream().filter(f -> f.getName().equalsIgnoreCase(plain)).findFirst();
            if (field.isEmpty()) {
                return Optional.empty();
            }
            path.add(mapping.physicalName(field.get()));
            fields =
                    field.get().getDataType() instanceof StructType struct
                            ? struct.fields()
                            : List.of();
        }
        return Optional.of(path);
    }

    /** Statistics of the file with this footer, which holds {@code rows} rows. */
    String toJson(ParquetMetadata footer, long rows) {
        Map<Column, Optional<Statistics<?>>> merged = merge(footer);
        Map<Column, Literal> min = new HashMap<>();
        Map<Column, Literal> max = new HashMap<>();
        Map<Column, Long> nulls = new HashMap<>();
        for (Leaf leaf : leaves) {
            Optional<Statistics<?>> found = merged.getOrDefault(leaf.column(), Optional.empty());
            if (found.isEmpty()) {
                continue;
            }
            Statistics<?> statistics = found.get();
            if (statistics.isNumNullsSet()) {
                nulls.put(leaf.column(), statistics.getNumNulls());
            }
            if (statistics.hasNonNullValue()) {
                Optional<StatisticsValue.Bounds> bounds =
                        StatisticsValue.bounds(leaf.type(), statistics);
                bounds.ifPresent(b -> min.put(leaf.column(), b.min()));
                bounds.ifPresent(b -> max.put(leaf.column(), b.max()));
            }
        }
        return new DataFileStatistics(rows, min, max, nulls, Optional.of(true))
                .serializeAsJson(physicalSchema);
    }

    private static Map<Column, Optional<Statistics<?>>> merge(ParquetMetadata footer) {
        Map<Column, Optional<Statistics<?>>> merged = new HashMap<>();
        for (BlockMetaData block : footer.getBlocks()) {
            for (ColumnChunkMetaData chunk : block.getColumns()) {
                Column column = new Column(chunk.getPath().toArray());
                Statistics<?> statistics = chunk.getStatistics();
                Optional<Statistics<?>> known = merged.get(column);
                if (statistics == null || statistics.isEmpty()) {
                    merged.put(column, Optional.empty());
                } else if (known == null) {
                    merged.put(column, Optional.of(statistics.copy()));
                } else {
                    known.ifPresent(sum -> sum.mergeStatistics(statistics));
                }
            }
        }
        return merged;
    }
}
