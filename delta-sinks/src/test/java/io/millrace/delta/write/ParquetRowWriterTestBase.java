package io.millrace.delta.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of written files share: rows of every type, layouts, and reading files back. */
abstract class ParquetRowWriterTestBase {

    static final RowType ALL_TYPES =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                                    DataTypes.FIELD("bool", DataTypes.BOOLEAN()),
                                    DataTypes.FIELD("tiny", DataTypes.TINYINT()),
                                    DataTypes.FIELD("small", DataTypes.SMALLINT()),
                                    DataTypes.FIELD("int", DataTypes.INT()),
                                    DataTypes.FIELD("float", DataTypes.FLOAT()),
                                    DataTypes.FIELD("double", DataTypes.DOUBLE()),
                                    DataTypes.FIELD("dec9", DataTypes.DECIMAL(9, 2)),
                                    DataTypes.FIELD("dec18", DataTypes.DECIMAL(18, 4)),
                                    DataTypes.FIELD("dec38", DataTypes.DECIMAL(38, 10)),
                                    DataTypes.FIELD("text", DataTypes.STRING()),
                                    DataTypes.FIELD("bytes", DataTypes.BYTES()),
                                    DataTypes.FIELD("day", DataTypes.DATE()),
                                    DataTypes.FIELD("ts", DataTypes.TIMESTAMP_LTZ(6)),
                                    DataTypes.FIELD("ntz", DataTypes.TIMESTAMP(6)),
                                    DataTypes.FIELD("list", DataTypes.ARRAY(DataTypes.STRING())),
                                    DataTypes.FIELD(
                                            "map",
                                            DataTypes.MAP(
                                                    DataTypes.STRING().notNull(),
                                                    DataTypes.DECIMAL(20, 1))),
                                    DataTypes.FIELD(
                                            "struct",
                                            DataTypes.ROW(
                                                    DataTypes.FIELD("a", DataTypes.INT()),
                                                    DataTypes.FIELD(
                                                            "b",
                                                            DataTypes.ARRAY(
                                                                    DataTypes.TIMESTAMP(6))))))
                            .notNull()
                            .getLogicalType();

    @TempDir Path folder;

    static StringData text(String value) {
        return StringData.fromString(value);
    }

    static DecimalData decimal(String value, int precision, int scale) {
        return DecimalData.fromBigDecimal(new BigDecimal(value), precision, scale);
    }

    static RowData full(long id, String sign) {
        Map<StringData, DecimalData> map = new LinkedHashMap<>();
        map.put(text("k"), decimal(sign + "12345678901234567.5", 20, 1));
        map.put(text("none"), null);
        return GenericRowData.of(
                id,
                true,
                (byte) -3,
                (short) 300,
                70_000,
                1.5f,
                -2.25,
                decimal(sign + "1234567.89", 9, 2),
                decimal(sign + "12345678901234.5678", 18, 4),
                decimal(sign + "1234567890123456789012345678.0123456789", 38, 10),
                text("tür"),
                new byte[] {1, -1},
                -1,
                TimestampData.fromEpochMillis(-1, 999_000),
                TimestampData.fromEpochMillis(1_600_000_000_123L, 456_000),
                new GenericArrayData(new Object[] {text("x"), null, text("")}),
                new GenericMapData(map),
                GenericRowData.of(
                        7,
                        new GenericArrayData(
                                new Object[] {TimestampData.fromEpochMillis(5, 1000)})));
    }

    static RowData empty(long id) {
        GenericRowData row = new GenericRowData(ALL_TYPES.getFieldCount());
        row.setField(0, id);
        return row;
    }

    FileLayout layout(RowType type, List<String> partitions) {
        return new FileLayout(
                folder.toString(),
                StorageOptions.NONE,
                DeltaTypes.toStructType(type),
                type,
                partitions,
                List.of(),
                Map.of());
    }

    List<RowData> read(FileLayout layout, WrittenFile file, List<String> columns)
            throws IOException {
        List<RowData> rows = new ArrayList<>();
        TableMetadata metadata =
                new TableMetadata(
                        "id", layout.schema(), layout.partitionColumns(), layout.properties());
        try (DeltaFileReader reader =
                DeltaFileReader.open(
                        DeltaTable.at(layout.location()),
                        metadata,
                        new FileToRead(file.path(), file.size(), file.partitionValues()),
                        columns,
                        Optional.empty())) {
            while (reader.hasNext()) {
                rows.add(reader.next().row());
            }
        }
        return rows;
    }

    MessageType schemaOf(WrittenFile file) throws IOException {
        String path = DeltaTable.at(folder.toString()).resolve(file.path());
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(Path.of(path)))) {
            return reader.getFileMetaData().getSchema();
        }
    }

    static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
