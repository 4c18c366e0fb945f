package io.millrace.delta.source.sql;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.connector.RowLevelModificationScanContext;

/**
 * What a DELETE or UPDATE reads.
 *
 * @param versions location of a table to the version that is read of it, the oldest where there are
 *     several
 */
@Internal
public record RowLevelScan(Map<String, Long> versions) implements RowLevelModificationScanContext {

    /** Metadata column: path of the row's file, as it stands in the log. */
    public static final String FILE_PATH = "_file_path";

    /** Metadata column: position of the row in its file, deleted rows counted. */
    public static final String ROW_INDEX = "_row_index";

    public RowLevelScan {
        versions = Map.copyOf(versions);
    }

    RowLevelScan with(String location, OptionalLong version) {
        Map<String, Long> more = new HashMap<>(versions);
        version.ifPresent(number -> more.merge(location, number, Math::min));
        return new RowLevelScan(more);
    }
}
