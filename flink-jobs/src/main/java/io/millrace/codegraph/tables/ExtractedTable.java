package io.millrace.codegraph.tables;

import io.millrace.codegraph.model.Anchor;
import io.millrace.codegraph.model.Call;
import io.millrace.codegraph.model.Definition;
import io.millrace.codegraph.model.Import;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The tables that extraction fills. The first column is the key. They are written in this order:
 * {@link #SOURCE_FILES} last, so that what it says of a file is in the others already.
 */
enum ExtractedTable {
    /** Written first: it tells which revision was begun. */
    ANCHORS(
            "anchors",
            DataTypes.FIELD("entity_id", key()),
            DataTypes.FIELD("file_id", DataTypes.STRING()),
            DataTypes.FIELD("bstart", DataTypes.BIGINT()),
            DataTypes.FIELD("bend", DataTypes.BIGINT())) {
        @Override
        Stream<GenericRowData> rows(ExtractedFile file) {
            return file.facts().anchors().stream().map(anchor -> row(file, anchor));
        }

        private GenericRowData row(ExtractedFile file, Anchor anchor) {
            return GenericRowData.of(
                    text(anchor.entityId()), text(file.fileId()), anchor.start(), anchor.end());
        }
    },
    DEFS(
            "defs",
            DataTypes.FIELD("def_id", key()),
            DataTypes.FIELD("file_id", DataTypes.STRING()),
            DataTypes.FIELD("parent_def_id", DataTypes.STRING()),
            DataTypes.FIELD("kind", DataTypes.STRING()),
            DataTypes.FIELD("name", DataTypes.STRING()),
            DataTypes.FIELD("qualified_name", DataTypes.STRING()),
            DataTypes.FIELD("bases", DataTypes.ARRAY(DataTypes.STRING())),
            DataTypes.FIELD("decorators", DataTypes.ARRAY(DataTypes.STRING())),
            DataTypes.FIELD(
                    "attrs", DataTypes.MAP(DataTypes.STRING().notNull(), DataTypes.STRING()))) {
        @Override
        Stream<GenericRowData> rows(ExtractedFile file) {
            return file.facts().definitions().stream().map(definition -> row(file, definition));
        }

        private GenericRowData row(ExtractedFile file, Definition definition) {
            return GenericRowData.of(
                    text(definition.id()),
                    text(file.fileId()),
                    textOrNull(definition.parentId()),
                    text(definition.kind()),
                    text(definition.name()),
                    text(definition.qualifiedName()),
                    array(definition.bases()),
                    array(definition.decorators()),
                    map(definition.attributes()));
        }
    },
    CALLS(
            "calls",
            DataTypes.FIELD("call_id", key()),
            DataTypes.FIELD("file_id", DataTypes.STRING()),
            DataTypes.FIELD("owner_def_id", DataTypes.STRING()),
            DataTypes.FIELD("callee_text", DataTypes.STRING()),
            DataTypes.FIELD("callee_shape", DataTypes.STRING()),
            DataTypes.FIELD("arg_count", DataTypes.INT())) {
        @Override
        Stream<GenericRowData> rows(ExtractedFile file) {
            return file.facts().calls().stream().map(call -> row(file, call));
        }

        private GenericRowData row(ExtractedFile file, Call call) {
            boolean unknown = call.argumentCount() == Call.UNKNOWN_ARGUMENT_COUNT;
            return GenericRowData.of(
                    text(call.id()),
                    text(file.fileId()),
                    textOrNull(call.ownerId()),
                    text(call.calleeText()),
                    text(call.calleeShape()),
                    unknown ? null : call.argumentCount());
        }
    },
    IMPORTS(
            "imports",
            DataTypes.FIELD("import_id", key()),
            DataTypes.FIELD("file_id", DataTypes.STRING()),
            DataTypes.FIELD("module", DataTypes.STRING()),
            DataTypes.FIELD("name", DataTypes.STRING()),
            DataTypes.FIELD("asname", DataTypes.STRING()),
            DataTypes.FIELD("level", DataTypes.INT()),
            DataTypes.FIELD("is_star", DataTypes.BOOLEAN())) {
        @Override
        Stream<GenericRowData> rows(ExtractedFile file) {
            return file.facts().imports().stream().map(imported -> row(file, imported));
        }

        private GenericRowData row(ExtractedFile file, Import imported) {
            return GenericRowData.of(
                    text(imported.id()),
                    text(file.fileId()),
                    text(imported.module()),
                    textOrNull(imported.name()),
                    textOrNull(imported.alias()),
                    imported.level(),
                    imported.star());
        }
    },
    SOURCE_FILES(
            "source_files",
            DataTypes.FIELD("file_id", key()),
            DataTypes.FIELD("repo", DataTypes.STRING()),
            DataTypes.FIELD("path", DataTypes.STRING()),
            DataTypes.FIELD("module", DataTypes.STRING()),
            DataTypes.FIELD("lang", DataTypes.STRING()),
            DataTypes.FIELD("sha256", DataTypes.STRING()),
            DataTypes.FIELD("size_bytes", DataTypes.BIGINT()),
            DataTypes.FIELD("lines", DataTypes.INT())) {
        @Override
        Stream<GenericRowData> rows(ExtractedFile file) {
            return Stream.of(
                    GenericRowData.of(
                            text(file.fileId()),
                            text(file.repository()),
                            text(file.path()),
                            text(file.facts().module()),
                            text(file.language()),
                            text(file.sha256()),
                            file.bytes(),
                            file.lines()));
        }
    };

    private static final String FILE_ID = "file_id";

    private final String tableName;

    @SuppressWarnings("ImmutableEnumChecker") // Flink's types are immutable, but not marked so.
    private final RowType rowType;

    ExtractedTable(String tableName, DataTypes.Field... columns) {
        this.tableName = tableName;
        this.rowType = (RowType) DataTypes.ROW(columns).notNull().getLogicalType();
    }

    /** Name of the table, which is its folder in the warehouse. */
    String tableName() {
        return tableName;
    }

    RowType rowType() {
        return rowType;
    }

    String keyColumn() {
        return rowType.getFieldNames().get(0);
    }

    /** The key and the file of a row: what is read back to know which rows a file has. */
    List<String> fileColumns() {
        return keyColumn().equals(FILE_ID) ? List.of(FILE_ID) : List.of(keyColumn(), FILE_ID);
    }

    /** The rows of a file. */
    abstract Stream<GenericRowData> rows(ExtractedFile file);

    /** A row of which only the key is filled in. */
    GenericRowData keyRow(String key) {
        GenericRowData row = new GenericRowData(rowType.getFieldCount());
        row.setField(0, text(key));
        return row;
    }

    private static DataType key() {
        return DataTypes.STRING().notNull();
    }

    private static StringData text(String text) {
        return StringData.fromString(text);
    }

    private static StringData textOrNull(String text) {
        return text.isEmpty() ? null : text(text);
    }

    private static StringData textOrNull(Optional<String> text) {
        return text.map(StringData::fromString).orElse(null);
    }

    private static GenericArrayData array(List<String> texts) {
        return new GenericArrayData(
                texts.stream().map(StringData::fromString).toArray(StringData[]::new));
    }

    /** Entries in the order of their keys, so that equal maps are equal rows. */
    private static GenericMapData map(Map<String, String> attributes) {
        Map<StringData, StringData> entries = new LinkedHashMap<>();
        new TreeMap<>(attributes).forEach((key, value) -> entries.put(text(key), text(value)));
        return new GenericMapData(entries);
    }
}
