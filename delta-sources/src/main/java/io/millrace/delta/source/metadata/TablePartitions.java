package io.millrace.delta.source.metadata;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.TableSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;

/** Which partitions a version has. */
@Internal
public final class TablePartitions {

    private TablePartitions() {}

    /**
     * The values of the partition columns, by name, in the order of the columns; null for null. The
     * partitions are ordered by their values as text. Reads the list of the version's files.
     */
    public static List<Map<String, String>> of(TableSnapshot snapshot) {
        List<String> columns = snapshot.metadata().partitionColumns();
        if (columns.isEmpty()) {
            return List.of();
        }
        LogicalNames names = new LogicalNames(snapshot.metadata());
        TreeMap<String, Map<String, String>> partitions = new TreeMap<>();
        try (CloseableIterator<DataFile> files = snapshot.files()) {
            while (files.hasNext()) {
                Map<String, String> byName = names.ofColumns(files.next().partitionValues());
                Map<String, String> values = new LinkedHashMap<>();
                columns.forEach(column -> values.put(column, byName.get(column)));
                partitions.putIfAbsent(values.toString(), Collections.unmodifiableMap(values));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ArrayList<>(partitions.values());
    }
}
