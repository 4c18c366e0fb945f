package io.millrace.delta.source;

import org.apache.flink.annotation.Internal;

/** What becomes of the rows of a version that is not complete. The codes are part of formats. */
@Internal
public enum Delivery {
    /** They are held, in checkpoints too; a reader that is restored goes on behind the last one. */
    KEPT(0),

    /**
     * They are held, in checkpoints too, until all versions before theirs are complete; from then
     * on they go through, and whoever commits waits for the version to be complete.
     */
    STREAMED(4),

    /**
     * They are held, but not in checkpoints: a reader that is restored reads the whole file again,
     * and what was released before is left out.
     */
    REPLAYED(8);

    private final int code;

    Delivery(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /**
     * @throws IllegalArgumentException if there is none of this code
     */
    public static Delivery of(int code) {
        return switch (code) {
            case 0 -> KEPT;
            case 4 -> STREAMED;
            case 8 -> REPLAYED;
            default -> throw new IllegalArgumentException("a delivery of unknown kind " + code);
        };
    }
}
