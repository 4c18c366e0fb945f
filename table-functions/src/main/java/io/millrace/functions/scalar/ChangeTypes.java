package io.millrace.functions.scalar;

import io.millrace.functions.TextNorm;
import java.util.Locale;
import org.apache.flink.table.data.StringData;

/** The change types of a change feed in the order in which they overrule each other. */
final class ChangeTypes {

    static final int UPDATE_PREIMAGE = 0;
    static final int DELETE = 1;
    static final int INSERT = 2;
    static final int UPDATE_POSTIMAGE = 3;
    static final int UNKNOWN = -1;

    private ChangeTypes() {}

    static int rank(StringData changeType) {
        return switch (TextNorm.trim(changeType.toString()).toLowerCase(Locale.ROOT)) {
            case "update_postimage" -> UPDATE_POSTIMAGE;
            case "insert" -> INSERT;
            case "delete" -> DELETE;
            case "update_preimage" -> UPDATE_PREIMAGE;
            default -> UNKNOWN;
        };
    }
}
