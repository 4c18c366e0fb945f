package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.DataType;
import io.millrace.delta.parquet.PartitionValues;
import io.millrace.delta.scan.FilePruner;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.write.FileLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Tells which files of a version an overwrite replaces. */
final class ReplacedFiles {

    private final String location;
    private final TableSnapshot base;
    private final Replaced replaced;
    private final Map<String, DataType> types = new LinkedHashMap<>();
    private final Map<String, Object> partition = new LinkedHashMap<>();
    private final Set<List<Object>> written = new HashSet<>();
    private final FilePruner where;

    ReplacedFiles(Replaced replaced, Merge merge, FileLayout layout) {
        this.location = layout.location();
        this.base = merge.base();
        this.replaced = requireNonNull(replaced, "replaced is null");
        TableMetadata metadata = base.metadata();
        for (String column : metadata.partitionColumns()) {
            DataType type = metadata.schema().get(column).getDataType();
            String physical = layout.physicalName(column);
            types.put(physical, type);
            if (replaced.partition().containsKey(column)) {
                String value = replaced.partition().get(column);
                partition.put(physical, PartitionValues.parse(type, value));
            }
        }
        merge.staged().values().forEach(staged -> written.add(values(staged.file())));
        where = new FilePruner(replaced.where(), metadata);
    }

    boolean contains(DataFile file) {
        for (Map.Entry<String, Object> column : partition.entrySet()) {
            String value = file.partitionValues().get(column.getKey());
            Object there = PartitionValues.parse(types.get(column.getKey()), value);
            if (!Objects.deepEquals(there, column.getValue())) {
                return false;
            }
        }
        if (replaced.written() && !written.contains(values(file))) {
            return false;
        }
        if (!where.keeps(file)) {
            return false;
        }
        if (!where.keepsAll(file)) {
            throw new RefusedException(
                    "%s: cannot delete whole partitions at version %d: the partition values %s of a file do not tell whether %s holds. Delete by conditions on other columns."
                            .formatted(
                                    location,
                                    base.version(),
                                    file.partitionValues(),
                                    replaced.where()));
        }
        return true;
    }

    /** The file's partition in values that compare. */
    private List<Object> values(DataFile file) {
        List<Object> values = new ArrayList<>();
        types.forEach(
                (column, type) -> {
                    Object value = PartitionValues.parse(type, file.partitionValues().get(column));
                    values.add(value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value);
                });
        return values;
    }
}
