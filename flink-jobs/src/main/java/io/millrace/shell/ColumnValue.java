package io.millrace.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes the values of one type, in Flink's internal form, as JSON. */
@FunctionalInterface
interface ColumnValue {
    /**
     * @param value not null
     */
    void write(JsonGenerator json, Object value) throws IOException;
}
