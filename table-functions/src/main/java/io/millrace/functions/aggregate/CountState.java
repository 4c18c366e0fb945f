package io.millrace.functions.aggregate;

/** State of a count. */
public final class CountState {

    public long count;
}
