package io.millrace.functions.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/** Ids of parts: exactly the lists that the joined text cannot tell apart have one id. */
class IdPropertiesTest {

    private static final String[] PIECES = {
        "", "a", "b", "a:b", ":", "/", "\u0000", "__NULL__", "1"
    };

    @Test
    void lists_without_the_separator_and_the_sentinel_have_ids_of_their_own() {
        Map<String, List<String>> seen = new HashMap<>();
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            List<String> parts = new ArrayList<>();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                parts.add(PIECES[random.nextInt(PIECES.length)] + PIECES[random.nextInt(7)]);
            }
            List<String> same = seen.putIfAbsent(id(parts), parts);
            assertThat(same == null || same.equals(parts)).as("%s and %s", same, parts).isTrue();
        }
    }

    @Test
    void the_separator_and_the_sentinel_in_a_part_are_taken_for_what_they_mean() {
        assertThat(id(List.of("a", "b"))).isEqualTo(id(List.of("a\u001Fb")));
        List<String> withNull = new ArrayList<>();
        withNull.add(null);
        assertThat(id(withNull)).isEqualTo(id(List.of("__NULL__")));
    }

    @Test
    void the_id_is_the_hash_of_the_joined_text() {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            List<String> parts = new ArrayList<>();
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                parts.add("\u00E9".repeat(random.nextInt(80)) + PIECES[random.nextInt(9)]);
            }
            String joined = parts.stream().collect(Collectors.joining("\u001F"));
            byte[] hex =
                    StableHasher.of128()
                            .update(StringData.fromString(joined).toBytes())
                            .finishHex();
            assertThat(id(parts)).isEqualTo("p:" + StringData.fromBytes(hex));
        }
    }

    private static String id(List<String> texts) {
        List<LogicalType> types =
                texts.stream().map(t -> (LogicalType) VarCharType.STRING_TYPE).toList();
        StableHasher hasher = StableHasher.of128();
        new Parts(types)
                .feed(
                        hasher,
                        texts.stream()
                                .map(t -> t == null ? null : StringData.fromString(t))
                                .toArray());
        return hasher.finishHexId(StringData.fromString("p")).toString();
    }
}
