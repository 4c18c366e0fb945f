package io.millrace.codegraph.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.functions.hash.StableHasher;

/** {@code stable_id_parts} of texts, as SQL has it. */
final class StableHash {
    private static final byte SEPARATOR = 0x1F;

    private StableHash() {}

    static String idOfParts(String prefix, String... parts) {
        StableHasher hasher = StableHasher.of128();
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                hasher.update(SEPARATOR);
            }
            hasher.update(parts[i].getBytes(UTF_8));
        }
        return prefix + ":" + new String(hasher.finishHex(), US_ASCII);
    }
}
