package io.millrace.delta.source;

import io.millrace.delta.source.ScriptedTable.Row;
import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.DataFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes the Parquet files of a {@link ScriptedTable}, under names counted up. */
final class ScriptedFiles {

    private static final MessageType ROWS =
            MessageTypeParser.parseMessageType(
                    "message r { required int64 id; optional binary name (STRING); }");
    private static final MessageType CHANGES =
            MessageTypeParser.parseMessageType(
                    "message r { required int64 id; optional binary name (STRING);"
                            + " optional binary _change_type (STRING); }");

    /** A few hundred rows. */
    private static final long ROW_GROUP_BYTES = 4096;

    private final Path folder;
    private int written;

    ScriptedFiles(Path folder) {
        this.folder = folder;
    }

    /** A data file of one part, rows in the order given; {@code part} may be null. */
    DataFile writeRows(List<Row> rows, String part, boolean dataChange) {
        Map<String, String> values = new HashMap<>();
        values.put("part", part);
        String path = "f" + written++ + ".parquet";
        long size = write(path, ROWS, Map.of("", rows));
        return new DataFile(
                path,
                values,
                size,
                1,
                dataChange,
                Optional.empty(),
                Optional.of("{\"numRecords\":" + rows.size() + "}"),
                Map.of());
    }

    /** A change file; the rows by their change type. */
    ChangeFile writeChanges(Map<String, List<Row>> typed, Map<String, String> values) {
        String path = "_change_data/c" + written++ + ".parquet";
        return new ChangeFile(path, values, write(path, CHANGES, typed));
    }

    private long write(String path, MessageType type, Map<String, List<Row>> rows) {
        Path file = folder.resolve(path);
        SimpleGroupFactory groups = new SimpleGroupFactory(type);
        try {
            Files.createDirectories(file.getParent());
            try (ParquetWriter<Group> writer =
                    ExampleParquetWriter.builder(new LocalOutputFile(file))
                            .withType(type)
                            .withRowGroupSize(ROW_GROUP_BYTES)
                            .build()) {
                for (Map.Entry<String, List<Row>> typed : rows.entrySet()) {
                    for (Row row : typed.getValue()) {
                        Group group = groups.newGroup().append("id", row.id());
                        group.append("name", row.name());
                        if (type.containsField("_change_type")) {
                            group.append("_change_type", typed.getKey());
                        }
                        writer.write(group);
                    }
                }
            }
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
