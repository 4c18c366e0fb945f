package io.millrace.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

/** The forms of rows, on rows of every type. */
class OutputFormatTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> notes = new ArrayList<>();

    private static RowType row(DataTypes.Field... fields) {
        return (RowType) DataTypes.ROW(fields).getLogicalType();
    }

    private static StringData text(String value) {
        return StringData.fromString(value);
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String json(DataType type, Object value) throws IOException {
        return shown(OutputFormat.json, row(DataTypes.FIELD("v", type)), false, of(value));
    }

    private static GenericRowData of(Object... values) {
        return GenericRowData.of(values);
    }

    private String shown(OutputFormat format, RowType type, boolean changes, GenericRowData... rows)
            throws IOException {
        out.reset();
        StatementOutput output = format.to(out, notes::add);
        StatementOutput.Rows shown = output.rows(RowsHeader.of("SELECT", type, changes));
        for (GenericRowData row : rows) {
            shown.write(row);
        }
        shown.end();
        output.end();
        return written();
    }

    @Test
    void numbersAreNumbersUnlessTheyWouldLoseDigits() throws IOException {
        assertThat(json(DataTypes.TINYINT(), (byte) -1)).isEqualTo("{\"v\":-1}\n");
        assertThat(json(DataTypes.BIGINT(), Long.MIN_VALUE))
                .isEqualTo("{\"v\":-9223372036854775808}\n");
        assertThat(
                        json(
                                DataTypes.DECIMAL(20, 4),
                                DecimalData.fromBigDecimal(new BigDecimal("0.0100"), 20, 4)))
                .isEqualTo("{\"v\":\"0.0100\"}\n");
        assertThat(
                        json(
                                DataTypes.DECIMAL(38, 0),
                                DecimalData.fromBigDecimal(new BigDecimal("1E+20"), 38, 0)))
                .isEqualTo("{\"v\":\"100000000000000000000\"}\n");
        assertThat(json(DataTypes.DOUBLE(), 1.5)).isEqualTo("{\"v\":1.5}\n");
        assertThat(json(DataTypes.DOUBLE(), Double.NaN)).isEqualTo("{\"v\":\"NaN\"}\n");
        assertThat(json(DataTypes.FLOAT(), Float.NEGATIVE_INFINITY))
                .isEqualTo("{\"v\":\"-Infinity\"}\n");
    }

    @Test
    void timesAreIsoWithMicroseconds() throws IOException {
        assertThat(json(DataTypes.DATE(), (int) LocalDate.of(1582, 10, 4).toEpochDay()))
                .isEqualTo("{\"v\":\"1582-10-04\"}\n");
        assertThat(json(DataTypes.TIME(3), 3_723_004)).isEqualTo("{\"v\":\"01:02:03.004000\"}\n");
        assertThat(
                        json(
                                DataTypes.TIMESTAMP(6),
                                TimestampData.fromLocalDateTime(
                                        LocalDateTime.parse("2024-05-01T00:00"))))
                .isEqualTo("{\"v\":\"2024-05-01T00:00:00.000000\"}\n");
        assertThat(
                        json(
                                DataTypes.TIMESTAMP_LTZ(6),
                                TimestampData.fromInstant(
                                        Instant.parse("2024-05-01T10:11:12.000001Z"))))
                .isEqualTo("{\"v\":\"2024-05-01T10:11:12.000001Z\"}\n");
        assertThat(json(DataTypes.INTERVAL(DataTypes.MONTH()), 14))
                .isEqualTo("{\"v\":\"P1Y2M\"}\n");
        assertThat(json(DataTypes.INTERVAL(DataTypes.SECOND(3)), 90_500L))
                .isEqualTo("{\"v\":\"PT1M30.5S\"}\n");
    }

    @Test
    void nestedValuesKeepTheirShapeAndNulls() throws IOException {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(text("k"), null);
        RowType type =
                row(
                        DataTypes.FIELD("b", DataTypes.BYTES()),
                        DataTypes.FIELD("a", DataTypes.ARRAY(DataTypes.BOOLEAN())),
                        DataTypes.FIELD("m", DataTypes.MAP(DataTypes.STRING(), DataTypes.INT())),
                        DataTypes.FIELD(
                                "s",
                                DataTypes.ROW(
                                        DataTypes.FIELD("x", DataTypes.INT()),
                                        DataTypes.FIELD("y", DataTypes.STRING()))),
                        DataTypes.FIELD("n", DataTypes.NULL()));

        assertThat(
                        shown(
                                OutputFormat.json,
                                type,
                                false,
                                of(
                                        new byte[] {0, -1},
                                        new GenericArrayData(new Object[] {true, null}),
                                        new GenericMapData(map),
                                        of(1, text("\"")),
                                        null),
                                of(null, null, null, null, null)))
                .isEqualTo(
                        """
                        {"b":"AP8=","a":[true,null],"m":[["k",null]],"s":{"x":1,"y":"\\""},"n":null}
                        {"b":null,"a":null,"m":null,"s":null,"n":null}
                        """);
    }

    @Test
    void changesShowTheirKind() throws IOException {
        GenericRowData row = of(1);
        row.setRowKind(RowKind.UPDATE_AFTER);
        RowType type = row(DataTypes.FIELD("v", DataTypes.INT()));

        assertThat(shown(OutputFormat.json, type, true, row))
                .isEqualTo("{\"_op\":\"+U\",\"v\":1}\n");
        assertThat(shown(OutputFormat.csv, type, true, row)).isEqualTo("op,v\n+U,1\n");
        assertThat(shown(OutputFormat.table, type, true, row))
                .isEqualTo(" op | v\n----+---\n +U | 1\n(1 row)\n");
    }

    @Test
    void csvTellsNullFromEmptyAndQuotesWhatItMust() throws IOException {
        RowType type =
                row(
                        DataTypes.FIELD("a", DataTypes.STRING()),
                        DataTypes.FIELD("b", DataTypes.ARRAY(DataTypes.STRING())));

        assertThat(
                        shown(
                                OutputFormat.csv,
                                type,
                                false,
                                of(text("x\n\"y\""), null),
                                of(text(""), new GenericArrayData(new Object[] {text("p")}))))
                .isEqualTo("a,b\n\"x\n\"\"y\"\"\",\n\"\",\"[\"\"p\"\"]\"\n");
    }

    @Test
    void tablesAlignNumbersToTheRightAndShowWhatATerminalWouldObey() throws IOException {
        RowType type =
                row(
                        DataTypes.FIELD("n", DataTypes.INT()),
                        DataTypes.FIELD("text", DataTypes.STRING()));

        assertThat(
                        shown(
                                OutputFormat.table,
                                type,
                                false,
                                of(1, text("a\u001b[2J\n")),
                                of(100, null)))
                .isEqualTo(
                        """
                           n | text
                        -----+--------------
                           1 | a\\u001b[2J\\n
                         100 | NULL
                        (2 rows)
                        """);
        assertThat(shown(OutputFormat.table, type, false)).endsWith("(0 rows)\n");
    }

    @Test
    void aFailureIsPartOfTheDocument() throws IOException {
        JsonDocument document = new JsonDocument(out);
        document.done("USE x");
        StatementOutput.Rows rows =
                document.rows(
                        RowsHeader.of("SELECT", row(DataTypes.FIELD("v", DataTypes.INT())), false));
        rows.write(of(1));
        document.fail(1, "broken");

        assertThat(written().replaceAll("\\s", ""))
                .isEqualTo(
                        "{'statements':[{'statement':'USEx'},{'statement':'SELECT','columns':[{'name':'v','type':'INT'}],'rows':[{'v':1}]}],'error':{'code':1,'message':'broken'}}"
                                .replace('\'', '"'));
    }

    @Test
    void aTypeWithoutValuesIsRefused() {
        assertThatThrownBy(
                        () ->
                                JsonValues.of(
                                        "c",
                                        DataTypes.RAW(
                                                        Integer.class,
                                                        org.apache.flink.api.common.typeutils.base
                                                                .IntSerializer.INSTANCE)
                                                .getLogicalType()))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("column 'c' cannot be shown");
    }
}
