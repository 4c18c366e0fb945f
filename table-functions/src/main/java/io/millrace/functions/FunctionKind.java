package io.millrace.functions;

/** What a function is called on: one row, or a group of rows. */
public enum FunctionKind {
    SCALAR,
    AGGREGATE
}
