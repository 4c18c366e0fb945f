package io.millrace.delta.source.sql;

import io.millrace.delta.source.EmittedRows;
import io.millrace.delta.source.SequencedRows;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.RowKind;

/**
 * The metadata columns of a source; names and values are those of Delta's change data feed, but for
 * the place of a row.
 */
enum ScanMetadata {
    CHANGE_TYPE("_change_type"),
    COMMIT_VERSION("_commit_version"),
    COMMIT_TIMESTAMP("_commit_timestamp"),
    FILE_PATH(RowLevelScan.FILE_PATH),
    ROW_INDEX(RowLevelScan.ROW_INDEX);

    private static final StringData INSERT = StringData.fromString("insert");
    private static final StringData PRE_IMAGE = StringData.fromString("update_preimage");
    private static final StringData POST_IMAGE = StringData.fromString("update_postimage");
    private static final StringData DELETE = StringData.fromString("delete");

    private final String key;

    ScanMetadata(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    /** The value of this column for a row between reader and sequencer. */
    Object value(RowData row) {
        return switch (this) {
            case CHANGE_TYPE -> changeType(row.getRowKind());
            case COMMIT_VERSION -> SequencedRows.version(row);
            case COMMIT_TIMESTAMP -> TimestampData.fromEpochMillis(SequencedRows.timestamp(row));
            case FILE_PATH, ROW_INDEX -> throw notThere();
        };
    }

    /**
     * Where this column stands among the fields of such a row.
     *
     * @param columns number of columns read
     */
    int position(int columns) {
        return switch (this) {
            case COMMIT_VERSION -> SequencedRows.versionPosition(columns);
            // Milliseconds: a number is what a timestamp of that precision is in a row.
            case COMMIT_TIMESTAMP -> SequencedRows.timestampPosition(columns);
            case CHANGE_TYPE -> throw new IllegalArgumentException("the row kind is no field");
            case FILE_PATH, ROW_INDEX -> throw notThere();
        };
    }

    /** Whether it says where a row stands, which {@link PositionedScan} knows. */
    boolean isPlace() {
        return this == FILE_PATH || this == ROW_INDEX;
    }

    private static IllegalStateException notThere() {
        return new IllegalStateException("changes stand in no file");
    }

    /** Where {@link EmittedRows.Viewed} has this column, behind so many columns read. */
    int viewedPosition(int columns) {
        return this == CHANGE_TYPE ? SequencedRows.phasePosition(columns) : position(columns);
    }

    private DataType type() {
        return switch (this) {
            case CHANGE_TYPE -> DataTypes.STRING().notNull();
            case COMMIT_VERSION -> DataTypes.BIGINT().notNull();
            case COMMIT_TIMESTAMP -> DataTypes.TIMESTAMP_LTZ(3).notNull();
            case FILE_PATH -> DataTypes.STRING().notNull();
            case ROW_INDEX -> DataTypes.BIGINT().notNull();
        };
    }

    static ScanMetadata ofKey(String key) {
        for (ScanMetadata metadata : values()) {
            if (metadata.key.equals(key)) {
                return metadata;
            }
        }
        throw new IllegalArgumentException("no metadata column " + key);
    }

    static Map<String, DataType> types() {
        Map<String, DataType> types = new LinkedHashMap<>();
        for (ScanMetadata metadata : values()) {
            types.put(metadata.key, metadata.type());
        }
        return types;
    }

    /** What the change type of a row of this kind says. */
    static StringData changeType(RowKind kind) {
        return switch (kind) {
            case INSERT -> INSERT;
            case UPDATE_BEFORE -> PRE_IMAGE;
            case UPDATE_AFTER -> POST_IMAGE;
            case DELETE -> DELETE;
        };
    }
}
