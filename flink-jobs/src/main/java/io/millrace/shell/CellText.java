package io.millrace.shell;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.flink.table.data.RowData;

/** The values of a row as text for people: as in JSON, without the quotes of plain values. */
final class CellText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final RowValues values;

    CellText(RowValues values) {
        this.values = values;
    }

    int columns() {
        return values.columns();
    }

    /** Empty for null. */
    Optional<String> of(RowData row, int column) {
        Object value = values.get(row, column);
        if (value == null) {
            return Optional.empty();
        }
        if (values.isText(column)) {
            return Optional.of(value.toString());
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            values.writeValue(json, column, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String written = text.toString();
        boolean quoted = written.length() > 1 && written.charAt(0) == '"';
        return Optional.of(quoted ? written.substring(1, written.length() - 1) : written);
    }
}
