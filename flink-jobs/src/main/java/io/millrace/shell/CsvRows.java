package io.millrace.shell;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.table.data.RowData;

/**
 * {@code --format csv}: a line of column names, then the rows, as RFC 4180 has them but for line
 * feeds alone at the ends of lines. Null is nothing, an empty text is {@code ""}. Values that are
 * no plain values are JSON. What statements without rows did goes to the notes.
 */
final class CsvRows implements StatementOutput {
    private final Writer out;
    private final Consumer<String> notes;

    CsvRows(OutputStream out, Consumer<String> notes) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        this.notes = notes;
    }

    @Override
    public Rows rows(RowsHeader header) throws IOException {
        CellText cells = new CellText(new RowValues(header.type()));
        boolean changes = header.changes();
        String separator = "";
        if (changes) {
            out.write(TableRows.KIND);
            separator = ",";
        }
        for (String name : header.type().getFieldNames()) {
            out.write(separator);
            cell(name);
            separator = ",";
        }
        out.write('\n');
        return new Rows() {
            @Override
            public void write(RowData row) throws IOException {
                if (changes) {
                    out.write(row.getRowKind().shortString());
                }
                for (int i = 0; i < cells.columns(); i++) {
                    if (i > 0 || changes) {
                        out.write(',');
                    }
                    Optional<String> text = cells.of(row, i);
                    if (text.isPresent()) {
                        cell(text.get());
                    }
                }
                out.write('\n');
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }

            @Override
            public void end() throws IOException {
                out.flush();
            }
        };
    }

    private void cell(String text) throws IOException {
        boolean quoted = text.isEmpty();
        for (int i = 0; !quoted && i < text.length(); i++) {
            char c = text.charAt(i);
            quoted = c == ',' || c == '"' || c == '\n' || c == '\r';
        }
        out.write(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
    }

    @Override
    public void committed(String statement, List<Committed> commits) {
        commits.forEach(commit -> notes.accept(commit.toString()));
    }

    @Override
    public void done(String statement) {
        notes.accept("OK");
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }
}
