package io.millrace.delta.write;

import io.millrace.delta.write.page.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Finds the partition of rows (Delta protocol, "Partition Value Serialization"). */
final class Partitioner {

    private static final DateTimeFormatter NTZ =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final String NULL_FOLDER = "__HIVE_DEFAULT_PARTITION__";
    private static final String ESCAPED = "\"#%'*/:=?\\\u007F{}[]^";

    private final List<String> names = new ArrayList<>();
    private final List<RowData.FieldGetter> getters = new ArrayList<>();
    private final List<LogicalType> types = new ArrayList<>();
    private final Map<List<String>, Partition> known = new HashMap<>();

    Partitioner(FileLayout layout) {
        ColumnMapping mapping = layout.mapping();
        RowType rowType = layout.rowType();
        for (String column : layout.partitionColumns()) {
            int position = rowType.getFieldIndex(column);
            names.add(mapping.physicalName(layout.field(column)));
            types.add(rowType.getTypeAt(position));
            getters.add(RowData.createFieldGetter(rowType.getTypeAt(position), position));
        }
    }

    Partition of(RowData row) {
        if (names.isEmpty()) {
            return Partition.NONE;
        }
        List<String> values = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            values.add(serialize(types.get(i), getters.get(i).getFieldOrNull(row)));
        }
        return known.computeIfAbsent(values, this::partition);
    }

    private Partition partition(List<String> values) {
        StringBuilder folder = new StringBuilder();
        Map<String, String> byName = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            byName.put(names.get(i), value);
            folder.append(escape(names.get(i)))
                    .append('=')
                    .append(value == null ? NULL_FOLDER : escape(value))
                    .append('/');
        }
        return new Partition(folder.toString(), byName);
    }

    /** The serialized value; null for null and for what the protocol cannot tell from null. */
    static String serialize(LogicalType type, Object value) {
        if (value == null) {
            return null;
        }
        String text =
                switch (type.getTypeRoot()) {
                    case DATE -> LocalDate.ofEpochDay((int) value).toString();
                    case TIMESTAMP_WITHOUT_TIME_ZONE -> NTZ.format(dateTime(value));
                    case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> UTC.format(dateTime(value));
                    case BINARY, VARBINARY -> new String((byte[]) value, StandardCharsets.UTF_8);
                    case ARRAY, MAP, MULTISET, ROW ->
                            throw new IllegalArgumentException(
                                    "columns of type " + type + " cannot be partitioned by");
                    default -> value.toString();
                };
        return text.isEmpty() ? null : text;
    }

    private static LocalDateTime dateTime(Object value) {
        long micros = Timestamps.micros((TimestampData) value);
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L),
                (int) Math.floorMod(micros, 1_000_000L) * 1000,
                ZoneOffset.UTC);
    }

    /** Escapes as Hive does for names of folders. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || ESCAPED.indexOf(c) >= 0) {
                escaped.append('%').append("%02X".formatted((int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
