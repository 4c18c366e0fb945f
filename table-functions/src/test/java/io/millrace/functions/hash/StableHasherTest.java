package io.millrace.functions.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.junit.jupiter.api.Test;

class StableHasherTest {

    @Test
    void gives_the_digest_of_rfc_7693() {
        assertThat(hex(StableHasher.ofBytes(64).update(utf8("abc"))))
                .isEqualTo(
                        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                                + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
    }

    @Test
    void the_digest_length_is_part_of_the_hash() {
        String eight = hex(StableHasher.ofBytes(8).update(utf8("alpha")));
        String sixteen = hex(StableHasher.ofBytes(16).update(utf8("alpha")));
        assertThat(sixteen).doesNotStartWith(eight);
    }

    @Test
    void is_ready_for_the_next_message_after_each() {
        StableHasher hasher = StableHasher.of64();
        assertThat(hasher.update(utf8("alpha")).finishLong()).isEqualTo(5982700193828047002L);
        assertThat(hasher.finishLong()).isEqualTo(7252660547403494068L);
        assertThat(hasher.update(utf8("al")).update(utf8("ph")).update((byte) 'a').finishLong())
                .isEqualTo(5982700193828047002L);
    }

    @Test
    void agrees_with_another_implementation_for_every_length_in_any_pieces() {
        Random random = new Random(1);
        for (int length = 0; length < 700; length++) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            int bytes = 1 + random.nextInt(64);
            Blake2bDigest other = new Blake2bDigest(bytes * Byte.SIZE);
            other.update(message, 0, length);
            byte[] expected = new byte[bytes];
            other.doFinal(expected, 0);
            StableHasher hasher = StableHasher.ofBytes(bytes);
            int at = 0;
            while (at < length) {
                int some = 1 + random.nextInt(Math.min(length - at, 300));
                update(hasher, message, at, some, random.nextInt(3));
                at += some;
            }
            assertThat(hex(hasher)).isEqualTo(HexFormat.of().formatHex(expected));
        }
    }

    /** As one byte after the other, as an array, or as a text that lies in a larger memory. */
    private static void update(StableHasher hasher, byte[] bytes, int from, int count, int how) {
        if (how == 0) {
            for (int i = from; i < from + count; i++) {
                hasher.update(bytes[i]);
            }
        } else if (how == 1) {
            hasher.update(Arrays.copyOfRange(bytes, from, from + count));
        } else {
            MemorySegment[] memory = {MemorySegmentFactory.wrap(bytes)};
            hasher.update(BinaryStringData.fromAddress(memory, from, count));
        }
    }

    @Test
    void numbers_are_written_in_decimal() {
        Random random = new Random(2);
        StableHasher hasher = StableHasher.of128();
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            check(hasher, i == 0 ? Long.MIN_VALUE : i == 1 ? Long.MAX_VALUE : value);
        }
        for (long value = -1_100; value < 1_100; value++) {
            check(hasher, value);
        }
    }

    private static void check(StableHasher hasher, long value) {
        String expected = hex(hasher.update(utf8(Long.toString(value))));
        assertThat(hex(hasher.updateDecimal(value))).as("%d", value).isEqualTo(expected);
        long hash = hasher.update(utf8(Long.toString(value))).finishLong();
        assertThat(hasher.updateDecimal(value).finishLongId(StringData.fromString("p")))
                .hasToString("p:" + hash);
    }

    private static String hex(StableHasher hasher) {
        return new String(hasher.finishHex(), StandardCharsets.US_ASCII);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
