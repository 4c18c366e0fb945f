package io.millrace.spark;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** Rows as text that a program without Spark can make of the same row. */
final class RowText {

    private RowText() {}

    static String of(Object value) {
        if (value instanceof Row row) {
            return IntStream.range(0, row.length())
                    .mapToObj(i -> of(row.get(i)))
                    .collect(Collectors.joining(", ", "(", ")"));
        } else if (value instanceof scala.collection.Map<?, ?> map) {
            return entries(CollectionConverters.asJava(map));
        } else if (value instanceof scala.collection.Iterable<?> elements) {
            return CollectionConverters.asJavaCollection(elements).stream()
                    .map(RowText::of)
                    .collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros().toPlainString();
        }
        return String.valueOf(value);
    }

    private static String entries(Map<?, ?> map) {
        TreeMap<String, String> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(of(key), of(value)));
        return sorted.toString();
    }
}
