package io.millrace.delta.source.metadata;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;

/** The partitions of a version as rows; a table that is not partitioned is one. */
final class PartitionsRows {

    private static final DataType TEXT = DataTypes.STRING();

    static final List<Field> COLUMNS =
            List.of(
                    DataTypes.FIELD(
                            "partition_values", DataTypes.MAP(TEXT.notNull(), TEXT).notNull()),
                    DataTypes.FIELD("file_count", DataTypes.BIGINT().notNull()),
                    DataTypes.FIELD("size_in_bytes", DataTypes.BIGINT().notNull()),
                    DataTypes.FIELD("record_count", DataTypes.BIGINT()),
                    DataTypes.FIELD("deleted_count", DataTypes.BIGINT().notNull()),
                    DataTypes.FIELD("last_modified", DataTypes.TIMESTAMP_LTZ(3).notNull()));

    private PartitionsRows() {}

    /** What its files add up to. */
    private static final class Partition {
        private final Map<String, String> values;
        private long files;
        private long bytes;
        private long records;
        private boolean allRecordsKnown = true;
        private long deleted;
        private long modified;

        Partition(Map<String, String> values) {
            this.values = values;
        }

        void add(DataFile file, FileStatistics statistics) {
            files++;
            bytes += file.size();
            deleted += file.deletionVector().map(DeletionVector::cardinality).orElse(0L);
            modified = Math.max(modified, file.modificationTime());
            Object count = statistics.value("record_count");
            allRecordsKnown &= count != null;
            records += count == null ? 0 : (Long) count;
        }

        Object value(String column) {
            return switch (column) {
                case "partition_values" -> Values.texts(values);
                case "file_count" -> files;
                case "size_in_bytes" -> bytes;
                case "record_count" -> allRecordsKnown ? records - deleted : null;
                case "deleted_count" -> deleted;
                case "last_modified" -> TimestampData.fromEpochMillis(modified);
                default -> throw new IllegalArgumentException("no column " + column);
            };
        }
    }

    static CloseableIterator<RowData> read(DeltaTable table, long version, List<String> columns) {
        return Values.rows(
                partitions(table.snapshot(version)).stream()
                        .map(partition -> Values.row(columns, partition::value))
                        .toList());
    }

    /** In the order of their values, so that the same version gives the same rows. */
    private static Collection<Partition> partitions(TableSnapshot snapshot) {
        LogicalNames names = new LogicalNames(snapshot.metadata());
        Map<Map<String, String>, Partition> partitions = new HashMap<>();
        try (CloseableIterator<DataFile> files = snapshot.files()) {
            while (files.hasNext()) {
                DataFile file = files.next();
                partitions
                        .computeIfAbsent(names.ofColumns(file.partitionValues()), Partition::new)
                        .add(file, new FileStatistics(file.stats(), names));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TreeMap<String, Partition> sorted = new TreeMap<>();
        partitions.forEach(
                (values, partition) -> {
                    Map<String, String> known = new TreeMap<>();
                    values.forEach(
                            (column, value) -> known.put(column, value == null ? "" : "=" + value));
                    sorted.put(known.toString(), partition);
                });
        return sorted.values();
    }
}
