package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

class KeyEncoderTest {

    private static final RowType TYPE =
            RowType.of(
                    new LogicalType[] {
                        new BigIntType(), VarCharType.STRING_TYPE, VarCharType.STRING_TYPE
                    },
                    new String[] {"id", "a", "b"});

    private static RowData row(Long id, String a, String b) {
        return GenericRowData.of(id, StringData.fromString(a), StringData.fromString(b));
    }

    @Test
    void oneNumberIsItsOwnKey() {
        KeyEncoder encoder = KeyEncoder.of("t", TYPE, List.of("id"));

        encoder.encode(row(-7L, "x", "y"));

        assertThat(encoder.low()).isEqualTo(-7);
        assertThat(encoder.high()).isZero();
    }

    @Test
    void textsThatOnlyMeetWhenJoinedAreDifferentKeys() {
        KeyEncoder encoder = KeyEncoder.of("t", TYPE, List.of("a", "b"));
        Set<List<Long>> keys = new HashSet<>();
        for (RowData row : List.of(row(1L, "ab", "c"), row(1L, "a", "bc"), row(1L, "", "abc"))) {
            encoder.encode(row);
            keys.add(List.of(encoder.high(), encoder.low()));
        }

        assertThat(keys).hasSize(3);
    }

    @Test
    void hashIsMurmur3() {
        Murmur3 murmur = new Murmur3();
        byte[] bytes =
                "The quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.UTF_8);

        murmur.hash(bytes, bytes.length);

        assertThat(Long.toHexString(murmur.high())).isEqualTo("e34bbc7bbc071b6c");
        assertThat(Long.toHexString(murmur.low())).isEqualTo("7a433ca9c49a9347");
    }

    @Test
    void manyKeysOfOneShapeDoNotMeet() {
        KeyEncoder encoder = KeyEncoder.of("t", TYPE, List.of("a"));
        Set<List<Long>> keys = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            encoder.encode(row(0L, "https://example.org/item/" + i, ""));
            keys.add(List.of(encoder.high(), encoder.low()));
        }

        assertThat(keys).hasSize(200_000);
    }

    @Test
    void minusZeroIsZero() {
        RowType type = RowType.of(new LogicalType[] {new DoubleType()}, new String[] {"d"});
        KeyEncoder encoder = KeyEncoder.of("t", type, List.of("d"));

        encoder.encode(GenericRowData.of(-0.0));
        long negative = encoder.low();
        encoder.encode(GenericRowData.of(0.0));

        assertThat(negative).isEqualTo(encoder.low());
    }

    @Test
    void nullInAKeyNamesTheOtherColumns() {
        KeyEncoder encoder = KeyEncoder.of("t", TYPE, List.of("id"));

        assertThatThrownBy(() -> encoder.encode(row(null, "left", "right")))
                .hasMessage(
                        "t: cannot write a row whose key column id is null: it is {id=null, a=left, b=right}. Filter such rows out, or declare another key.");
    }

    @Test
    void anUnknownKeyColumnIsRefused() {
        assertThatThrownBy(() -> KeyEncoder.of("t", TYPE, List.of("nope")))
                .hasMessage("key column nope is not among [id, a, b]");
    }
}
