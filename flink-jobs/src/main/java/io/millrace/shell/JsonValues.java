package io.millrace.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.flink.types.variant.Variant;

/**
 * Values as JSON: integers as numbers, decimals as strings at full scale, floating point as numbers
 * or {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}, binary as base64, dates and
 * timestamps in ISO form with microseconds ({@code Z} behind those in UTC, nothing behind those
 * without zone), intervals as ISO durations, structs as objects, maps as arrays of {@code [key,
 * value]}, multisets as arrays of {@code [element, count]}, variants as what they hold.
 */
final class JsonValues {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter TIMESTAMP =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendLiteral('T')
                    .append(TIME)
                    .toFormatter();

    private JsonValues() {}

    /**
     * @param column its name, for errors
     * @throws ValidationException if values of the type have no such form
     */
    static ColumnValue of(String column, LogicalType type) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> (json, value) -> json.writeString(value.toString());
            case BOOLEAN -> (json, value) -> json.writeBoolean((Boolean) value);
            case TINYINT, SMALLINT, INTEGER, BIGINT ->
                    (json, value) -> json.writeNumber(((Number) value).longValue());
            case FLOAT -> (json, value) -> floating(json, (Float) value);
            case DOUBLE -> (json, value) -> floating(json, (Double) value);
            case DECIMAL ->
                    (json, value) ->
                            json.writeString(((DecimalData) value).toBigDecimal().toPlainString());
            case BINARY, VARBINARY -> (json, value) -> json.writeBinary((byte[]) value);
            case DATE ->
                    (json, value) ->
                            json.writeString(LocalDate.ofEpochDay((Integer) value).toString());
            case TIME_WITHOUT_TIME_ZONE ->
                    (json, value) ->
                            json.writeString(
                                    TIME.format(
                                            LocalTime.ofNanoOfDay((Integer) value * 1_000_000L)));
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    (json, value) -> json.writeString(timestamp((TimestampData) value));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    (json, value) -> json.writeString(timestamp((TimestampData) value) + "Z");
            case INTERVAL_YEAR_MONTH ->
                    (json, value) ->
                            json.writeString(
                                    Period.ofMonths((Integer) value).normalized().toString());
            case INTERVAL_DAY_TIME ->
                    (json, value) -> json.writeString(Duration.ofMillis((Long) value).toString());
            case ARRAY -> array(column, type);
            case MAP ->
                    map(
                            column,
                            type.getChildren().get(0),
                            of(column, type.getChildren().get(1)),
                            type.getChildren().get(1));
            case MULTISET -> {
                LogicalType count = new IntType(false);
                yield map(column, type.getChildren().get(0), of(column, count), count);
            }
            case ROW, STRUCTURED_TYPE -> struct(column, type);
            case VARIANT -> (json, value) -> json.writeRawValue(((Variant) value).toJson());
            case NULL -> (json, value) -> json.writeNull();
            default ->
                    throw new ValidationException(
                            "column '%s' cannot be shown: it is of type %s. CAST it to a type that has values of its own."
                                    .formatted(column, type.asSummaryString()));
        };
    }

    private static void floating(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.toString(value));
        }
    }

    private static void floating(JsonGenerator json, float value) throws IOException {
        if (Float.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Float.toString(value));
        }
    }

    private static String timestamp(TimestampData value) {
        LocalDateTime time = value.toLocalDateTime();
        return TIMESTAMP.format(time);
    }

    private static ColumnValue array(String column, LogicalType type) {
        LogicalType element = type.getChildren().get(0);
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(element);
        ColumnValue values = of(column, element);
        return (json, value) -> {
            ArrayData array = (ArrayData) value;
            json.writeStartArray();
            for (int i = 0; i < array.size(); i++) {
                nullable(json, values, getter.getElementOrNull(array, i));
            }
            json.writeEndArray();
        };
    }

    private static ColumnValue map(
            String column, LogicalType keyType, ColumnValue values, LogicalType valueType) {
        ColumnValue keys = of(column, keyType);
        ArrayData.ElementGetter key = ArrayData.createElementGetter(keyType);
        ArrayData.ElementGetter mapped = ArrayData.createElementGetter(valueType);
        return (json, value) -> {
            MapData map = (MapData) value;
            json.writeStartArray();
            for (int i = 0; i < map.size(); i++) {
                json.writeStartArray();
                nullable(json, keys, key.getElementOrNull(map.keyArray(), i));
                nullable(json, values, mapped.getElementOrNull(map.valueArray(), i));
                json.writeEndArray();
            }
            json.writeEndArray();
        };
    }

    private static ColumnValue struct(String column, LogicalType type) {
        List<String> names = LogicalTypeChecks.getFieldNames(type);
        List<LogicalType> types = LogicalTypeChecks.getFieldTypes(type);
        RowValues fields =
                new RowValues(
                        RowType.of(types.toArray(LogicalType[]::new), names.toArray(String[]::new)),
                        column + ".");
        return (json, value) -> {
            json.writeStartObject();
            fields.write(json, (RowData) value);
            json.writeEndObject();
        };
    }

    static void nullable(JsonGenerator json, ColumnValue values, Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else {
            values.write(json, value);
        }
    }
}
