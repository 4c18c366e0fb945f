package io.millrace.delta.table;

/** Which version a point in time stands for that falls between two commits. */
public enum TimeRounding {
    /** The first version committed at that time or later. */
    AT_OR_AFTER,
    /** The last version committed at that time or earlier. */
    AT_OR_BEFORE
}
