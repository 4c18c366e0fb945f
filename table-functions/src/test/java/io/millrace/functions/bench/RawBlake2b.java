package io.millrace.functions.bench;

import io.millrace.functions.hash.StableHasher;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/** BLAKE2b of 40 bytes: our own and Bouncy Castle's. */
final class RawBlake2b {

    private static final int CALLS = 300_000;
    private static final int ROUNDS = 8;

    private RawBlake2b() {}

    static void print() {
        for (int bytes : new int[] {8, 16}) {
            System.out.printf(
                    Locale.ROOT,
                    "blake2b %d: own %.1f ns, Bouncy Castle %.1f ns%n",
                    bytes,
                    own(bytes).nanos(),
                    library(bytes).nanos());
        }
    }

    static Cost own(int bytes) {
        byte[] text = text();
        StableHasher hasher = bytes == 8 ? StableHasher.of64() : StableHasher.of128();
        return best(
                () -> {
                    for (int i = 0; i < CALLS; i++) {
                        long word = hasher.update(text).finishLong();
                        text[i % text.length] ^= (byte) (word & 1);
                    }
                });
    }

    private static Cost library(int bytes) {
        byte[] text = text();
        byte[] out = new byte[bytes];
        Blake2bDigest digest = new Blake2bDigest(bytes * Byte.SIZE);
        return best(
                () -> {
                    for (int i = 0; i < CALLS; i++) {
                        digest.update(text, 0, text.length);
                        digest.doFinal(out, 0);
                        text[i % text.length] ^= (byte) (out[0] & 1);
                    }
                });
    }

    private static Cost best(Cost.Calls calls) {
        try {
            return Cost.best(ROUNDS, CALLS, calls);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot hash", e);
        }
    }

    private static byte[] text() {
        return "src/main/abcdefghijklmnopqrstuvwxyzabcde".getBytes(StandardCharsets.US_ASCII);
    }
}
