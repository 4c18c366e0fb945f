package io.millrace.functions.hash;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;

/** Feeds the parts of an id to a hasher: texts joined with U+001F, the sentinel for null. */
final class Parts implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final byte SEPARATOR = 0x1F;
    private static final byte[] NULL = Ascii.bytes("__NULL__");

    private final ValueText[] texts;

    Parts(List<LogicalType> types) {
        this.texts = types.stream().map(ValueText::of).toArray(ValueText[]::new);
    }

    void feed(StableHasher hasher, Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                hasher.update(SEPARATOR);
            }
            if (values[i] == null) {
                hasher.update(NULL);
            } else {
                texts[i].feed(hasher, values[i]);
            }
        }
    }
}
