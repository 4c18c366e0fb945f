package io.millrace.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * {@code --json}: one document, {@code {"statements": [{"statement", "columns": [{"name", "type"}],
 * "rows": [..]}, {"statement", "commits": [..]}, {"statement"}]}}, written while rows come. After a
 * failure it has {@code "error": {"code", "message"}} beside the statements that succeeded; the
 * rows of the one that failed may be incomplete.
 */
public final class JsonDocument implements StatementOutput {
    private final JsonGenerator json;

    public JsonDocument(OutputStream out) throws IOException {
        json = new JsonMapper().createGenerator(out).useDefaultPrettyPrinter();
        json.writeStartObject();
        json.writeArrayFieldStart("statements");
    }

    @Override
    public Rows rows(RowsHeader header) throws IOException {
        // Before anything is written: a type that cannot be shown is an error.
        RowValues values = new RowValues(header.type());
        json.writeStartObject();
        json.writeStringField("statement", header.statement());
        json.writeArrayFieldStart("columns");
        for (RowType.RowField field : header.type().getFields()) {
            json.writeStartObject();
            json.writeStringField("name", field.getName());
            json.writeStringField("type", field.getType().asSummaryString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("rows");
        JsonLines.RowsAsObjects rows =
                new JsonLines.RowsAsObjects(json, values, header.changes(), () -> {});
        return new Rows() {
            @Override
            public void write(RowData row) throws IOException {
                rows.write(row);
            }

            @Override
            public void flush() throws IOException {
                json.flush();
            }

            @Override
            public void end() throws IOException {
                json.writeEndArray();
                json.writeEndObject();
                json.flush();
            }
        };
    }

    @Override
    public void committed(String statement, List<Committed> commits) throws IOException {
        json.writeStartObject();
        json.writeStringField("statement", statement);
        json.writeArrayFieldStart("commits");
        for (Committed commit : commits) {
            json.writePOJO(commit.document());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    public void done(String statement) throws IOException {
        json.writeStartObject();
        json.writeStringField("statement", statement);
        json.writeEndObject();
    }

    @Override
    public void end() throws IOException {
        endStatements();
        close();
    }

    /** Nothing comes any more, because of a failure. */
    public void fail(int code, String message) throws IOException {
        endStatements();
        json.writeObjectFieldStart("error");
        json.writeNumberField("code", code);
        json.writeStringField("message", message);
        json.writeEndObject();
        close();
    }

    /** Closes what is open inside of the array of statements, and the array. */
    private void endStatements() throws IOException {
        while (!json.getOutputContext().getParent().getParent().inRoot()) {
            if (json.getOutputContext().inArray()) {
                json.writeEndArray();
            } else {
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private void close() throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }
}
