package io.millrace.planner.sql;

import java.util.ArrayList;
import java.util.List;

/** Cuts a script at semicolons that stand outside of quotes and comments. */
final class StatementSplitter {
    /**
     * A piece of a script; {@code start} is the offset of its first token, {@code end} exclusive.
     */
    record Piece(int start, int end) {}

    private final String sql;
    private int position;

    private StatementSplitter(String sql) {
        this.sql = sql;
    }

    /** Pieces with at least one token. */
    static List<Piece> split(String sql) {
        return new StatementSplitter(sql).pieces();
    }

    private List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        int first = -1;
        int end = -1;
        while (position < sql.length()) {
            char c = sql.charAt(position);
            if (sql.startsWith("--", position) || sql.startsWith("//", position)) {
                skipTo("\n");
            } else if (sql.startsWith("/*", position) && !sql.startsWith("/*+", position)) {
                skipTo("*/");
            } else if (c == ';') {
                if (first >= 0) {
                    pieces.add(new Piece(first, end));
                }
                first = -1;
                position++;
            } else if (Character.isWhitespace(c)) {
                position++;
            } else {
                if (first < 0) {
                    first = position;
                }
                position++;
                if (c == '\'' || c == '`' || c == '"') {
                    skipTo(String.valueOf(c));
                }
                end = position;
            }
        }
        if (first >= 0) {
            pieces.add(new Piece(first, end));
        }
        return pieces;
    }

    private void skipTo(String end) {
        int found = sql.indexOf(end, position);
        position = found < 0 ? sql.length() : found + end.length();
    }
}
