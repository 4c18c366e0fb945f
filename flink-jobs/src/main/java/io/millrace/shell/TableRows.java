package io.millrace.shell;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;

/**
 * {@code --format table}: rows in columns for people. The first rows say how wide the columns are,
 * then rows are written as they come; a value that is wider than its column moves what follows in
 * its line. A changelog has a column {@code op} with the kind of each change before the others.
 */
final class TableRows implements StatementOutput {
    static final String KIND = "op";

    private static final int MEASURED = 200;

    private final Writer out;

    TableRows(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    }

    @Override
    public Rows rows(RowsHeader header) {
        return new Columns(header.type(), header.changes());
    }

    @Override
    public void committed(String statement, List<Committed> commits) throws IOException {
        for (Committed commit : commits) {
            out.write(commit + "\n");
        }
        if (commits.isEmpty()) {
            out.write("nothing changed\n");
        }
        out.flush();
    }

    @Override
    public void done(String statement) throws IOException {
        out.write("OK\n");
        out.flush();
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }

    private final class Columns implements Rows {
        private final CellText cells;
        private final boolean changes;
        private final List<String> names = new ArrayList<>();
        private final boolean[] right;
        private final int[] widths;
        private final List<String[]> measured = new ArrayList<>();
        private boolean begun;
        private long rows;

        Columns(RowType type, boolean changes) {
            this.cells = new CellText(new RowValues(type));
            this.changes = changes;
            if (changes) {
                names.add(KIND);
            }
            names.addAll(type.getFieldNames());
            right = new boolean[names.size()];
            widths = new int[names.size()];
            for (int i = 0; i < widths.length; i++) {
                widths[i] = width(names.get(i));
                int column = changes ? i - 1 : i;
                right[i] = column >= 0 && isNumber(type.getTypeAt(column));
            }
        }

        @Override
        public void write(RowData row) throws IOException {
            String[] texts = new String[widths.length];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = text(row, i);
            }
            rows++;
            if (begun) {
                line(texts);
                return;
            }
            measured.add(texts);
            for (int i = 0; i < texts.length; i++) {
                widths[i] = Math.max(widths[i], width(texts[i]));
            }
            if (measured.size() == MEASURED) {
                begin();
            }
        }

        private String text(RowData row, int column) {
            if (!changes) {
                return cells.of(row, column).map(Columns::visible).orElse("NULL");
            }
            return column == 0
                    ? row.getRowKind().shortString()
                    : cells.of(row, column - 1).map(Columns::visible).orElse("NULL");
        }

        /** Line breaks and what a terminal would obey stand as escapes. */
        private static String visible(String text) {
            StringBuilder visible = new StringBuilder(text.length());
            text.chars()
                    .forEach(
                            c -> {
                                switch (c) {
                                    case '\n' -> visible.append("\\n");
                                    case '\r' -> visible.append("\\r");
                                    case '\t' -> visible.append("\\t");
                                    default -> {
                                        if (Character.isISOControl(c)) {
                                            visible.append("\\u%04x".formatted(c));
                                        } else {
                                            visible.append((char) c);
                                        }
                                    }
                                }
                            });
            return visible.toString();
        }

        private void begin() throws IOException {
            begun = true;
            line(names.toArray(String[]::new));
            StringBuilder rule = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                rule.append(i == 0 ? "-" : "-+-").append("-".repeat(widths[i]));
            }
            out.write(rule + "-\n");
            for (String[] texts : measured) {
                line(texts);
            }
            measured.clear();
        }

        private void line(String[] texts) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < texts.length; i++) {
                String padding = " ".repeat(Math.max(0, widths[i] - width(texts[i])));
                line.append(i == 0 ? " " : " | ");
                line.append(right[i] ? padding + texts[i] : texts[i] + padding);
            }
            out.write(line.toString().stripTrailing() + "\n");
        }

        @Override
        public void flush() throws IOException {
            // Of rows that end soon the widths are known better later.
            if (changes && !begun) {
                begin();
            }
            out.flush();
        }

        @Override
        public void end() throws IOException {
            if (!begun) {
                begin();
            }
            out.write(rows == 1 ? "(1 row)\n" : "(" + rows + " rows)\n");
            out.flush();
        }
    }

    private static boolean isNumber(LogicalType type) {
        return type.is(LogicalTypeFamily.NUMERIC);
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
