package io.millrace.tests.interop;

import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.types.DeltaTypes;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;

/** Reads changelogs of Delta tables through SQL. */
final class FeedReader {

    private FeedReader() {}

    /**
     * One change.
     *
     * @param row values in the order of the columns, as text
     */
    record Change(long version, RowKind kind, List<String> row) {

        boolean adds() {
            return kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER;
        }
    }

    /** The columns of a table at a version. */
    static RowType columns(Path table, long version) {
        return DeltaTypes.toRowType(
                DeltaTable.at(table.toString()).snapshot(version).metadata().schema());
    }

    /**
     * The changes of the versions from {@code first} to {@code last}, in the order of the stream.
     *
     * @param planned the version of the table when the job is planned; later ones are committed
     *     while it runs
     */
    static List<Change> changes(Path table, long planned, long first, long last) throws Exception {
        GrowingTable growing = GrowingTable.copyOf(table, planned);
        RowType columns = columns(table, planned);
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(StreamExecutionEnvironment.createLocalEnvironment(2));
        tables.getConfig().setLocalTimeZone(ZoneId.of("UTC"));
        tables.executeSql(
                columns.getFields().stream()
                        .map(
                                field ->
                                        "`%s` %s"
                                                .formatted(
                                                        field.getName(),
                                                        field.getType().asSerializableString()))
                        .collect(
                                Collectors.joining(
                                        ", ",
                                        "CREATE TABLE feed (",
                                        ", `$v` BIGINT METADATA FROM '_commit_version' VIRTUAL)"
                                                + " WITH ('connector' = 'delta', 'path' = '"
                                                + growing.location()
                                                + "', 'scan.start-version' = '"
                                                + first
                                                + "', 'scan.end-version' = '"
                                                + last
                                                + "')")));
        List<Change> changes = new ArrayList<>();
        try (CloseableIterator<Row> rows = tables.executeSql("SELECT * FROM feed").collect()) {
            growing.commitRest();
            while (rows.hasNext()) {
                Row row = rows.next();
                int arity = row.getArity() - 1;
                changes.add(
                        new Change(
                                (long) row.getField(arity),
                                row.getKind(),
                                IntStream.range(0, arity)
                                        .mapToObj(i -> text(row.getField(i)))
                                        .toList()));
            }
        }
        return changes;
    }

    /** As the Spark program writes values. */
    static String text(Object value) {
        if (value instanceof Row row) {
            return IntStream.range(0, row.getArity())
                    .mapToObj(i -> text(row.getField(i)))
                    .collect(Collectors.joining(", ", "(", ")"));
        } else if (value instanceof Map<?, ?> map) {
            TreeMap<String, String> sorted = new TreeMap<>();
            map.forEach((key, mapped) -> sorted.put(text(key), text(mapped)));
            return sorted.toString();
        } else if (value != null && value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value))
                    .mapToObj(i -> text(Array.get(value, i)))
                    .collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros().toPlainString();
        }
        return String.valueOf(value);
    }
}
