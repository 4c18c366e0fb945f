package io.millrace.planner.sql;

/** Kinds of statements, as the gate tells them apart. */
public enum StatementKind {
    QUERY("a query"),
    CREATE_VIEW("CREATE VIEW"),
    CREATE_TEMPORARY_VIEW("CREATE TEMPORARY VIEW"),
    OTHER("another statement");

    private final String text;

    StatementKind(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
