package io.millrace.tests.harness;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Columns of a test table. The first is the key, a BIGINT; a partition column is a STRING.
 *
 * <p>A row is a list of values in the order of the columns, null where there is none.
 */
record TableLayout(List<Column> columns, Optional<String> partition) {

    enum Type {
        /** Long. */
        BIGINT("BIGINT", "\"long\""),
        /** String. */
        STRING("STRING", "\"string\""),
        /** BigDecimal of scale 2. */
        DECIMAL("DECIMAL(12, 2)", "\"decimal(12,2)\""),
        /** Microseconds since the epoch as Long. */
        TIMESTAMP("TIMESTAMP_LTZ(6)", "\"timestamp\""),
        /** List of String. */
        STRINGS(
                "ARRAY<STRING>",
                """
                {"type":"array","elementType":"string","containsNull":true}"""),
        /** Map of String to String. */
        STRING_MAP(
                "MAP<STRING, STRING>",
                """
                {"type":"map","keyType":"string","valueType":"string","valueContainsNull":true}""");

        private final String flinkName;
        private final String deltaJson;

        Type(String flinkName, String deltaJson) {
            this.flinkName = flinkName;
            this.deltaJson = deltaJson;
        }
    }

    record Column(String name, Type type) {}

    TableLayout {
        columns = List.copyOf(columns);
        requireNonNull(partition, "partition is null");
    }

    static Column bigint(String name) {
        return new Column(name, Type.BIGINT);
    }

    static Column string(String name) {
        return new Column(name, Type.STRING);
    }

    /** A row; List.of takes no nulls. */
    static List<Object> row(Object... values) {
        List<Object> row = new ArrayList<>();
        Collections.addAll(row, values);
        return Collections.unmodifiableList(row);
    }

    boolean isPartition(Column column) {
        return partition.isPresent() && partition.get().equals(column.name());
    }

    Optional<Integer> partitionIndex() {
        for (int i = 0; i < columns.size(); i++) {
            if (isPartition(columns.get(i))) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** Delta's JSON of the schema. */
    String schemaString() {
        return columns.stream()
                .map(
                        column ->
                                """
                                {"name":"%s","type":%s,"nullable":true,"metadata":{}}"""
                                        .formatted(column.name(), column.type().deltaJson))
                .collect(Collectors.joining(",", "{\"type\":\"struct\",\"fields\":[", "]}"));
    }

    /** Columns of a CREATE TABLE in Flink SQL, the key declared. */
    String flinkColumns() {
        String key = columns.get(0).name();
        return columns.stream()
                        .map(column -> "`" + column.name() + "` " + column.type().flinkName)
                        .collect(Collectors.joining(", "))
                + ", PRIMARY KEY (`"
                + key
                + "`) NOT ENFORCED";
    }
}
