package io.millrace.delta.write;

import java.nio.charset.StandardCharsets;
import org.apache.flink.annotation.Internal;

/** What a row of a change file says (Delta protocol, "Add CDC File"). */
@Internal
public enum ChangeType {
    INSERT("insert", 0),
    UPDATE_PREIMAGE("update_preimage", 1),
    UPDATE_POSTIMAGE("update_postimage", 2),
    DELETE("delete", 3);

    private final String text;
    private final int code;

    ChangeType(String text, int code) {
        this.text = text;
        this.code = code;
    }

    /** As it stands in the column {@code _change_type}. */
    public String text() {
        return text;
    }

    /** UTF-8. */
    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A number for files that live no longer than the process. */
    int code() {
        return code;
    }

    static ChangeType of(int code) {
        for (ChangeType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("no change type " + code);
    }
}
