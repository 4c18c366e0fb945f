package io.millrace.delta.parquet;

import io.delta.kernel.types.StructType;
import io.millrace.delta.parquet.vector.StructVector;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** A file in a folder, read as the data file of a table there. */
record OneFile(Path folder) {

    private static final String NAME = "part.parquet";

    Path path() {
        return folder.resolve(NAME);
    }

    /** Writes one row for each of {@code rows}. */
    @SafeVarargs
    final OneFile write(String schema, Consumer<Group>... rows) throws IOException {
        MessageType message = MessageTypeParser.parseMessageType(schema);
        try (ParquetWriter<Group> writer =
                ExampleParquetWriter.builder(new LocalOutputFile(path()))
                        .withType(message)
                        .build()) {
            for (Consumer<Group> row : rows) {
                Group group = new SimpleGroup(message);
                row.accept(group);
                writer.write(group);
            }
        }
        return this;
    }

    List<String> read(StructType table) throws IOException {
        return read(table, DeltaTypes.toRowType(table), Map.of());
    }

    List<String> read(StructType table, RowType columns, Map<String, String> properties)
            throws IOException {
        VectorValues rows = VectorValues.of(columns);
        List<String> result = new ArrayList<>();
        try (ColumnarFileReader reader =
                ColumnarFileReader.open(
                        DeltaTable.at(folder.toString()),
                        new TableMetadata("id", table, List.of(), properties),
                        new FileToRead(NAME, FileToRead.UNKNOWN_SIZE, Map.of()),
                        columns,
                        ReadRange.ALL)) {
            for (var batch = reader.next(); batch.isPresent(); batch = reader.next()) {
                StructVector row = new StructVector(0, batch.get().vectors().columns);
                for (int i = 0; i < batch.get().rows(); i++) {
                    result.add(Values.text(rows.read(row, i)));
                }
            }
        }
        return result;
    }
}
