package io.millrace.delta.source;

import static io.millrace.delta.source.HandMadeTable.add;
import static io.millrace.delta.source.HandMadeTable.schema;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT96;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extreme values: read as they are, and as Kernel's reader reads them. */
class OddValuesTest {

    private static final long MICROS_OF_9999 = 253_402_300_799_999_999L;
    private static final long MICROS_OF_0001 = -62_135_596_800_000_000L;
    private static final long MICROS_OF_1500 = -14_831_769_600_000_000L;

    @TempDir private Path folder;

    @Test
    void timestampsMayBeAtTheEndsOfTime() throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        List.of("micros", "millis", "int96").forEach(n -> fields.put(n, "\"timestamp\""));
        fields.put("ntz", "\"timestamp_ntz\"");
        fields.put("day", "\"date\"");
        HandMadeTable table = new HandMadeTable(folder, schema(fields));
        MessageType type =
                Types.buildMessage()
                        .addField(timestamp(TimeUnit.MICROS, true, "micros"))
                        .addField(timestamp(TimeUnit.MILLIS, true, "millis"))
                        .addField(Types.optional(INT96).named("int96"))
                        .addField(timestamp(TimeUnit.MICROS, false, "ntz"))
                        .addField(
                                Types.optional(INT32)
                                        .as(LogicalTypeAnnotation.dateType())
                                        .named("day"))
                        .named("r");
        List<String> expected = new ArrayList<>();
        List<Consumer<Group>> rows = new ArrayList<>();
        for (long micros : new long[] {MICROS_OF_0001, MICROS_OF_1500, -1, 0, 1, MICROS_OF_9999}) {
            long millis = Math.floorDiv(micros, 1000);
            int day = (int) Math.floorDiv(micros, 86_400_000_000L);
            rows.add(
                    row -> {
                        row.add(0, micros);
                        row.add(1, millis);
                        row.add(2, int96(micros));
                        row.add(3, micros);
                        row.add(4, day);
                    });
            expected.add(
                    "(t%d, t%d, t%d, t%d, d%d)"
                            .formatted(micros, millis * 1000, micros, micros, day));
        }
        table.commit(add("f.parquet", Map.of(), table.write("f.parquet", type, rows)));

        assertThat(table.rows())
                .containsExactlyInAnyOrderElementsOf(expected)
                .isEqualTo(table.kernelRows());
    }

    private static Type timestamp(TimeUnit unit, boolean utc, String name) {
        return Types.optional(INT64).as(timestampType(utc, unit)).named(name);
    }

    /** Nanoseconds of the day, then the Julian day, little endian. */
    private static Binary int96(long micros) {
        long day = Math.floorDiv(micros, 86_400_000_000L);
        long nanos = Math.floorMod(micros, 86_400_000_000L) * 1000;
        return Binary.fromConstantByteArray(
                ByteBuffer.allocate(12)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(nanos)
                        .putInt((int) (day + 2_440_588))
                        .array());
    }

    @Test
    void decimalsMayHave38DigitsInAnyEncoding() throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("fixed", "\"decimal(38,0)\"");
        fields.put("binary", "\"decimal(38,38)\"");
        fields.put("of_int", "\"decimal(9,2)\"");
        fields.put("of_long", "\"decimal(18,18)\"");
        fields.put("long_in_fixed", "\"decimal(18,4)\"");
        HandMadeTable table = new HandMadeTable(folder, schema(fields));
        MessageType type =
                Types.buildMessage()
                        .addField(decimal(FIXED_LEN_BYTE_ARRAY, 16, 38, 0, "fixed"))
                        .addField(decimal(BINARY, 0, 38, 38, "binary"))
                        .addField(decimal(INT32, 0, 9, 2, "of_int"))
                        .addField(decimal(INT64, 0, 18, 18, "of_long"))
                        .addField(decimal(FIXED_LEN_BYTE_ARRAY, 8, 18, 4, "long_in_fixed"))
                        .named("r");
        String nines = "9".repeat(38);
        List<Consumer<Group>> rows = new ArrayList<>();
        for (int sign : new int[] {-1, 0, 1}) {
            BigInteger big = new BigInteger(nines).multiply(BigInteger.valueOf(sign));
            rows.add(
                    row -> {
                        row.add(0, bytes(big, 16));
                        row.add(1, Binary.fromConstantByteArray(big.toByteArray()));
                        row.add(2, sign * 999_999_999);
                        row.add(3, sign * 999_999_999_999_999_999L);
                        row.add(4, bytes(BigInteger.valueOf(sign * 999_999_999_999_999_999L), 8));
                    });
        }
        table.commit(add("f.parquet", Map.of(), table.write("f.parquet", type, rows)));

        String positive =
                "%s, 0.%s, 9999999.99, 0.%s, 99999999999999.9999"
                        .formatted(nines, nines, "9".repeat(18));
        assertThat(table.rows())
                .contains("(" + positive + ")", "(-" + positive.replace(", ", ", -") + ")")
                .hasSize(3)
                .isEqualTo(table.kernelRows());
    }

    private static Type decimal(
            PrimitiveTypeName stored, int length, int precision, int scale, String name) {
        return Types.optional(stored).length(length).as(decimalType(scale, precision)).named(name);
    }

    private static Binary bytes(BigInteger value, int length) {
        byte[] short_ = value.toByteArray();
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) (value.signum() < 0 ? -1 : 0));
        System.arraycopy(short_, 0, bytes, length - short_.length, short_.length);
        return Binary.fromConstantByteArray(bytes);
    }

    @Test
    void stringsMayBeEmptyLongAndOfAnyScript() throws Exception {
        HandMadeTable table = new HandMadeTable(folder, schema(Map.of("s", "\"string\"")));
        List<String> texts =
                List.of("", "\u0000", "é", "😀".repeat(1000), "x".repeat(1 << 20), "'\"\\\n");
        MessageType type =
                Types.buildMessage()
                        .addField(Types.optional(BINARY).as(stringType()).named("s"))
                        .named("r");
        List<Consumer<Group>> rows = new ArrayList<>();
        texts.forEach(text -> rows.add(row -> row.add(0, text)));
        table.commit(add("f.parquet", Map.of(), table.write("f.parquet", type, rows)));

        assertThat(table.rows())
                .containsExactlyInAnyOrderElementsOf(
                        texts.stream().map(text -> "('" + text + "')").toList())
                .isEqualTo(table.kernelRows());
    }
}
