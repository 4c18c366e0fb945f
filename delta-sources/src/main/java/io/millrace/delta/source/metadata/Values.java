package io.millrace.delta.source.metadata;

import io.delta.kernel.utils.CloseableIterator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/** Rows and maps in Flink's own form. */
final class Values {

    private Values() {}

    static RowData row(List<String> columns, Function<String, Object> value) {
        GenericRowData row = new GenericRowData(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            row.setField(i, value.apply(columns.get(i)));
        }
        return row;
    }

    /** Rows that are all there. */
    static CloseableIterator<RowData> rows(List<RowData> rows) {
        Iterator<RowData> iterator = rows.iterator();
        return new CloseableIterator<>() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public RowData next() {
                return iterator.next();
            }

            @Override
            public void close() {}
        };
    }

    static GenericMapData texts(Map<String, String> map) {
        Map<StringData, StringData> texts = new HashMap<>();
        map.forEach(
                (key, text) -> texts.put(StringData.fromString(key), StringData.fromString(text)));
        return new GenericMapData(texts);
    }

    static GenericMapData counts(Map<String, Long> map) {
        Map<StringData, Long> counts = new HashMap<>();
        map.forEach((key, count) -> counts.put(StringData.fromString(key), count));
        return new GenericMapData(counts);
    }
}
