package io.millrace.delta.write;

import java.nio.charset.StandardCharsets;
import org.apache.flink.annotation.Internal;

/** What a row of a change file says (Delta protocol, "Add CDC File"). */
@Internal
public enum ChangeType {
    INSERT("insert"),
    UPDATE_PREIMAGE("update_preimage"),
    UPDATE_POSTIMAGE("update_postimage"),
    DELETE("delete");

    private final String text;

    ChangeType(String text) {
        this.text = text;
    }

    /** As it stands in the column {@code _change_type}. */
    public String text() {
        return text;
    }

    /** UTF-8. */
    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
