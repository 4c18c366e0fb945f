package io.millrace.functions.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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

    private static String hex(StableHasher hasher) {
        return new String(hasher.finishHex(), StandardCharsets.US_ASCII);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
