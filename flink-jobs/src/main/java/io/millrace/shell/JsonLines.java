package io.millrace.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.flink.table.data.RowData;

/**
 * {@code --format json}: one object a row and line. A changelog's rows begin with {@code _op}: +I,
 * -U, +U or -D. A statement that writes gives an object for each of its commits.
 */
final class JsonLines implements StatementOutput {
    static final String KIND = "_op";

    private final JsonGenerator json;

    JsonLines(OutputStream out) throws IOException {
        json = new JsonMapper().createGenerator(out);
        json.setRootValueSeparator(null);
    }

    @Override
    public Rows rows(RowsHeader header) {
        return new RowsAsObjects(
                json, new RowValues(header.type()), header.changes(), this::endLine);
    }

    private void endLine() throws IOException {
        json.writeRaw('\n');
    }

    @Override
    public void committed(String statement, List<Committed> commits) throws IOException {
        for (Committed commit : commits) {
            json.writePOJO(commit.document());
            endLine();
        }
        json.flush();
    }

    @Override
    public void done(String statement) {}

    @Override
    public void end() throws IOException {
        json.flush();
    }

    /** Something that follows each row. */
    @FunctionalInterface
    interface AfterRow {
        void write() throws IOException;
    }

    /** Rows as objects. */
    record RowsAsObjects(JsonGenerator json, RowValues values, boolean changes, AfterRow after)
            implements Rows {
        @Override
        public void write(RowData row) throws IOException {
            json.writeStartObject();
            if (changes) {
                json.writeStringField(KIND, row.getRowKind().shortString());
            }
            values.write(json, row);
            json.writeEndObject();
            after.write();
        }

        @Override
        public void flush() throws IOException {
            json.flush();
        }

        @Override
        public void end() throws IOException {
            json.flush();
        }
    }
}
