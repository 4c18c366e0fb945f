package io.millrace.delta.source;

import static io.millrace.delta.source.HandMadeTable.add;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.RefusedException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Paths and partition values as they may stand in a log (Delta protocol, "Add File and Remove
 * File": a relative or absolute URI; "Partition Value Serialization").
 */
class OddPathsTest {

    private static final MessageType ID =
            MessageTypeParser.parseMessageType("message r { optional int64 id; }");

    @TempDir private Path base;

    private Path folder;

    @BeforeEach
    void folderOfTheTable() {
        folder = base.resolve("a table");
    }

    private HandMadeTable table(String partitionType) {
        Map<String, String> fields = new java.util.LinkedHashMap<>();
        fields.put("id", "\"long\"");
        fields.put("part", "\"" + partitionType + "\"");
        return new HandMadeTable(folder, HandMadeTable.schema(fields), "part");
    }

    private static Map<String, String> part(String value) {
        Map<String, String> values = new HashMap<>();
        values.put("part", value);
        return values;
    }

    /** A file of one row, and a commit that names it so; {@code %s} is the folder of the test. */
    private HandMadeTable tableWith(String file, String path) {
        HandMadeTable table = table("string");
        long size = table.write(file, ID, List.of(row -> row.add("id", 1L)));
        table.commit(add(path.replace("%s", base.toString()), part("x"), size));
        return table;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "f.parquet | f.parquet",
                "part=a b/f 1.parquet | part=a%20b/f%201.parquet",
                "f%20+1#é?.parquet | f%2520+1%23%C3%A9%3F.parquet",
                "sub/f.parquet | ./sub/../sub//f.parquet",
                "../elsewhere/f.parquet | file://%s/elsewhere/f.parquet",
                "../elsewhere/f.parquet | file:%s/elsewhere/f.parquet",
                "../elsewhere/f.parquet | %s/elsewhere/f.parquet",
                "../elsewhere/f 1.parquet | file://%s/elsewhere/f%201.parquet",
                "f:1.parquet | ./f:1.parquet"
            })
    void aPathIsAnUriRelativeToTheTableOrAbsolute(String file, String path) throws Exception {
        HandMadeTable table = tableWith(file, path);

        assertThat(table.rows()).containsExactly("(1, 'x')");
    }

    @ParameterizedTest
    @CsvSource({
        "../f.parquet, ../f.parquet, outside of the table",
        "../f.parquet, sub/../../f.parquet, outside of the table",
        "f 1.parquet, f 1.parquet, Illegal character",
        "f%1.parquet, f%1.parquet, Malformed escape",
        "f.parquet, s3://bucket/f.parquet, s3"
    })
    void anyOtherPathIsRefused(String file, String path, String reason) {
        HandMadeTable table = tableWith(file, path);

        assertThatThrownBy(table::rows)
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(folder + ": cannot read ")
                .hasMessageContainingAll("version 1", path, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "integer | 7 | 7",
                "integer | -2147483648 | -2147483648",
                "long | 9223372036854775807 | 9223372036854775807",
                "short | -32768 | -32768",
                "byte | 127 | 127",
                "boolean | true | true",
                "boolean | False | false",
                "double | NaN | NaN",
                "double | -Infinity | -Infinity",
                "double | -0.0 | -0.0",
                "float | 1.5E3 | 1500.0",
                "decimal(38,0) | 99999999999999999999999999999999999999 | 99999999999999999999999999999999999999",
                "decimal(10,2) | 1 | 1.00",
                "decimal(10,2) | 1E+1 | 10.00",
                "date | 0001-01-01 | d-719162",
                "date | 9999-12-31 | d2932896",
                "date | 1582-10-10 | d-141432",
                "timestamp_ntz | 0001-01-01 00:00:00 | t-62135596800000000",
                "timestamp_ntz | 9999-12-31 23:59:59.999999 | t253402300799999999",
                "timestamp | 2024-01-02T03:04:05.678901Z | t1704164645678901",
                "timestamp | 0001-01-01T00:00:00.000000Z | t-62135596800000000",
                "string | a/b=c%20d {}^#? | 'a/b=c%20d {}^#?'",
                "string | __HIVE_DEFAULT_PARTITION__ | '__HIVE_DEFAULT_PARTITION__'",
                "string | ` ` | ' '",
                "string | é😀 | 'é😀'",
                "binary | ab | x6162",
                "integer | `` | null",
                "string | `` | null"
            })
    void aPartitionValueIsReadByItsType(String type, String value, String read) throws Exception {
        HandMadeTable table = table(type);
        long size = table.write("f.parquet", ID, List.of(row -> row.add("id", 1L)));
        table.commit(add("f.parquet", part(value), size));

        assertThat(table.rows()).containsExactly("(1, " + read + ")");
    }

    @Test
    void aPartitionValueThatIsNullOrMissingIsNull() throws Exception {
        HandMadeTable table = table("integer");
        long size = table.write("f.parquet", ID, List.of(row -> row.add("id", 1L)));
        long other = table.write("g.parquet", ID, List.of(row -> row.add("id", 2L)));
        table.commit(add("f.parquet", part(null), size), add("g.parquet", Map.of(), other));

        assertThat(table.rows()).containsExactly("(1, null)", "(2, null)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "integer | 12x",
                "integer | 2147483648",
                "integer | __HIVE_DEFAULT_PARTITION__",
                "boolean | maybe",
                "date | 2024-02-30",
                "date | yesterday",
                "timestamp | 2024-01-02T25:00:00Z",
                "timestamp_ntz | noon",
                "decimal(4,2) | 123.45",
                "decimal(4,2) | 1.234",
                "double | one"
            })
    void aPartitionValueThatIsNoneOfItsTypeIsRefused(String type, String value) {
        HandMadeTable table = table(type);
        long size = table.write("f.parquet", ID, List.of(row -> row.add("id", 1L)));
        table.commit(add("f.parquet", part(value), size));

        assertThatThrownBy(table::rows)
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(folder + ": cannot read ")
                .hasMessageContainingAll("version 1", "f.parquet", "part", "'" + value + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"integer", "string", "date", "timestamp", "decimal(10,2)"})
    void thePartitionValueCountsAndNotWhatTheFileHolds(String type) throws Exception {
        HandMadeTable table = table(type);
        MessageType withPart =
                MessageTypeParser.parseMessageType(
                        "message r { optional int64 id; optional boolean part; }");
        long size =
                table.write(
                        "f.parquet",
                        withPart,
                        List.of(
                                row -> {
                                    row.add("id", 1L);
                                    row.add("part", true);
                                }));
        table.commit(add("f.parquet", part(null), size));

        assertThat(table.rows()).containsExactly("(1, null)");
    }
}
