package io.millrace.delta.parquet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;

/** Internal data structures as text, for comparing. */
final class Values {

    private Values() {}

    static String text(Object value) {
        if (value instanceof GenericRowData row) {
            return IntStream.range(0, row.getArity())
                    .mapToObj(i -> text(row.getField(i)))
                    .collect(Collectors.joining(", ", "(", ")"));
        } else if (value instanceof GenericArrayData array) {
            return Arrays.stream(array.toObjectArray())
                    .map(Values::text)
                    .collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof GenericMapData map) {
            List<String> entries = new ArrayList<>();
            Object[] keys = ((GenericArrayData) map.keyArray()).toObjectArray();
            for (Object key : keys) {
                entries.add(text(key) + "=" + text(map.get(key)));
            }
            return "{" + String.join(", ", entries) + "}";
        } else if (value instanceof byte[] bytes) {
            return "x" + Arrays.toString(bytes);
        }
        return String.valueOf(value);
    }
}
