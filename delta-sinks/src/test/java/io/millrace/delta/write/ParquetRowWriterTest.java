package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
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
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetRowWriterTest {

    private static final RowType ALL_TYPES =
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

    private static StringData text(String value) {
        return StringData.fromString(value);
    }

    private static DecimalData decimal(String value, int precision, int scale) {
        return DecimalData.fromBigDecimal(new BigDecimal(value), precision, scale);
    }

    private static RowData full(long id, String sign) {
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

    private static RowData empty(long id) {
        GenericRowData row = new GenericRowData(ALL_TYPES.getFieldCount());
        row.setField(0, id);
        return row;
    }

    private FileLayout layout(RowType type, List<String> partitions) {
        return new FileLayout(
                folder.toString(),
                DeltaTypes.toStructType(type),
                type,
                partitions,
                List.of(),
                Map.of());
    }

    private List<RowData> read(FileLayout layout, WrittenFile file, List<String> columns)
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

    private static RowData binary(RowData row) {
        return new RowDataSerializer(ALL_TYPES).toBinaryRow(row).copy();
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void allTypesComeBackAsTheyWere() throws IOException {
        FileLayout layout = layout(ALL_TYPES, List.of());
        List<RowData> rows = List.of(full(1, ""), empty(2), full(3, "-"));
        WrittenFile file;
        try (ParquetRowWriter writer =
                ParquetRowWriter.dataFiles(layout, FileNaming.forSink("s"))) {
            for (int i = 0; i < rows.size(); i++) {
                assertThat(writer.write(rows.get(i))).isEqualTo(i);
            }
            file = writer.finish().get(0);
        }

        assertThat(read(layout, file, ALL_TYPES.getFieldNames()))
                .extracting(ParquetRowWriterTest::binary)
                .containsExactlyElementsOf(
                        rows.stream().map(ParquetRowWriterTest::binary).toList());
        assertThat(file.rows()).isEqualTo(3);
        assertThat(file.size()).isEqualTo(Files.size(folder.resolve(file.path())));
        assertThat(file.path()).matches("part-00000-[0-9a-f]{8}-[0-9a-f-]{36}\\.zstd\\.parquet");
    }

    @Test
    void statisticsAreAsTheProtocolDefinesThem() throws IOException {
        WrittenFile file;
        try (ParquetRowWriter writer =
                ParquetRowWriter.dataFiles(layout(ALL_TYPES, List.of()), FileNaming.forSink("s"))) {
            writer.write(full(1, ""));
            writer.write(empty(2));
            writer.write(full(3, "-"));
            file = writer.finish().get(0);
        }

        assertThat(json(file.stats()))
                .isEqualTo(
                        json(
                                """
                                {"numRecords": 3,
                                 "minValues": {"id": 1, "tiny": -3, "small": 300, "int": 70000,
                                   "float": 1.5, "double": -2.25, "dec9": -1234567.89,
                                   "dec18": -12345678901234.5678,
                                   "dec38": -1234567890123456789012345678.0123456789,
                                   "text": "tür", "day": "1969-12-31",
                                   "ts": "1969-12-31T23:59:59.999Z",
                                   "ntz": "2020-09-13T12:26:40.123", "struct": {"a": 7}},
                                 "maxValues": {"id": 3, "tiny": -3, "small": 300, "int": 70000,
                                   "float": 1.5, "double": -2.25, "dec9": 1234567.89,
                                   "dec18": 12345678901234.5678,
                                   "dec38": 1234567890123456789012345678.0123456789,
                                   "text": "tür", "day": "1969-12-31",
                                   "ts": "1969-12-31T23:59:59.999Z",
                                   "ntz": "2020-09-13T12:26:40.123", "struct": {"a": 7}},
                                 "nullCount": {"id": 0, "bool": 1, "tiny": 1, "small": 1, "int": 1,
                                   "float": 1, "double": 1, "dec9": 1, "dec18": 1, "dec38": 1,
                                   "text": 1, "bytes": 1, "day": 1, "ts": 1, "ntz": 1,
                                   "struct": {"a": 1}},
                                 "tightBounds": true}
                                """));
    }

    @Test
    void longTextsAreCutInStatistics() {
        String prefix = "p".repeat(32);

        assertThat(StatisticsValue.truncateMin(prefix + "rest")).isEqualTo(prefix);
        assertThat(StatisticsValue.truncateMax(prefix + "rest")).isEqualTo(prefix + "\u007f");
        assertThat(StatisticsValue.truncateMax(prefix)).isEqualTo(prefix);
        assertThat(StatisticsValue.truncateMax(prefix + "ürest"))
                .isEqualTo(prefix + Character.toString(Character.MAX_CODE_POINT));
        String most = Character.toString(Character.MAX_CODE_POINT);
        assertThat(StatisticsValue.truncateMax(prefix + most + "a"))
                .isEqualTo(prefix + most + "\u007f");
        assertThat(StatisticsValue.truncateMax(prefix + most)).isEqualTo(prefix + most);
        String emojis = "\uD83D\uDE00".repeat(33);
        assertThat(StatisticsValue.truncateMin(emojis)).isEqualTo("\uD83D\uDE00".repeat(32));
    }

    @Test
    void columnsWithNaNHaveNoBounds() throws IOException {
        RowType type =
                (RowType) DataTypes.ROW(DataTypes.FIELD("d", DataTypes.DOUBLE())).getLogicalType();
        try (ParquetRowWriter writer =
                ParquetRowWriter.dataFiles(layout(type, List.of()), FileNaming.forSink("s"))) {
            writer.write(GenericRowData.of(1.0));
            writer.write(GenericRowData.of(Double.NaN));

            JsonNode stats = json(writer.finish().get(0).stats());
            assertThat(stats.get("minValues").has("d")).isFalse();
            assertThat(stats.get("maxValues").has("d")).isFalse();
            assertThat(stats.get("nullCount").get("d").asInt()).isZero();
        }
    }

    @Test
    void partitionColumnsStandInTheFolderAndNotInTheFile() throws IOException {
        RowType type =
                (RowType)
                        DataTypes.ROW(
                                        DataTypes.FIELD("id", DataTypes.BIGINT()),
                                        DataTypes.FIELD("p", DataTypes.STRING()),
                                        DataTypes.FIELD("t", DataTypes.TIMESTAMP_LTZ(6)))
                                .getLogicalType();
        FileLayout layout = layout(type, List.of("p", "t"));
        TimestampData time = TimestampData.fromEpochMillis(1, 2000);
        List<WrittenFile> files;
        try (ParquetRowWriter writer =
                ParquetRowWriter.dataFiles(layout, FileNaming.forSink("s"))) {
            writer.write(GenericRowData.of(1L, text("a b/c:ü%"), time));
            writer.write(GenericRowData.of(2L, null, time));
            assertThat(writer.write(GenericRowData.of(3L, text(""), time))).isEqualTo(1);
            files = writer.finish();
        }

        assertThat(files).hasSize(2);
        assertThat(files.get(0).path())
                .startsWith("p=a%20b%252Fc%253Aü%2525/t=1970-01-01T00%253A00%253A00.001002Z/part-");
        assertThat(files.get(0).partitionValues())
                .containsEntry("p", "a b/c:ü%")
                .containsEntry("t", "1970-01-01T00:00:00.001002Z");
        assertThat(files.get(1).path()).startsWith("p=__HIVE_DEFAULT_PARTITION__/");
        assertThat(files.get(1).partitionValues()).containsEntry("p", null);
        assertThat(read(layout, files.get(0), type.getFieldNames()))
                .containsExactly(GenericRowData.of(1L, text("a b/c:ü%"), time));
        assertThat(schemaOf(files.get(1)).getFieldCount()).isEqualTo(1);
    }

    private MessageType schemaOf(WrittenFile file) throws IOException {
        String path = DeltaTable.at(folder.toString()).resolve(file.path());
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(Path.of(path)))) {
            return reader.getFileMetaData().getSchema();
        }
    }

    @Test
    void changeFilesStandInTheirFolderAndHaveTheChangeType() throws IOException {
        RowType type =
                (RowType)
                        DataTypes.ROW(
                                        DataTypes.FIELD("id", DataTypes.BIGINT()),
                                        DataTypes.FIELD("p", DataTypes.INT()))
                                .getLogicalType();
        FileLayout layout = layout(type, List.of("p"));
        WrittenFile file;
        try (ParquetRowWriter writer =
                ParquetRowWriter.changeFiles(layout, FileNaming.forSink("s"))) {
            writer.write(GenericRowData.of(1L, 9), ChangeType.UPDATE_PREIMAGE);
            writer.write(GenericRowData.of(2L, 9), ChangeType.UPDATE_POSTIMAGE);
            file = writer.finish().get(0);
        }

        assertThat(file.path()).startsWith("_change_data/p=9/cdc-00000-");
        assertThat(read(layout, file, List.of("id", "p", "_change_type")))
                .containsExactly(
                        GenericRowData.of(1L, 9, text("update_preimage")),
                        GenericRowData.of(2L, 9, text("update_postimage")));
    }

    @Test
    void mappedTablesHavePhysicalNamesAndFieldIds() throws IOException {
        StructType schema =
                new StructType(
                        List.of(
                                new StructField("id", LongType.LONG, false, mapped(1, "col-1")),
                                new StructField(
                                        "s",
                                        new StructType(
                                                List.of(
                                                        new StructField(
                                                                "x",
                                                                StringType.STRING,
                                                                true,
                                                                mapped(3, "col-3")))),
                                        true,
                                        mapped(2, "col-2"))));
        RowType type = DeltaTypes.toRowType(schema);
        FileLayout layout =
                new FileLayout(
                        folder.toString(),
                        schema,
                        type,
                        List.of(),
                        List.of("id"),
                        Map.of("delta.columnMapping.mode", "id"));
        WrittenFile file;
        try (ParquetRowWriter writer =
                ParquetRowWriter.dataFiles(layout, FileNaming.forSink("s"))) {
            writer.write(GenericRowData.of(1L, GenericRowData.of(text("v"))));
            file = writer.finish().get(0);
        }

        MessageType stored = schemaOf(file);
        assertThat(stored.getType("col-1").getId().intValue()).isEqualTo(1);
        assertThat(stored.getType("col-2", "col-3").getId().intValue()).isEqualTo(3);
        assertThat(json(file.stats()).get("minValues").get("col-2").get("col-3").asText())
                .isEqualTo("v");
        assertThat(read(layout, file, List.of("id", "s")))
                .containsExactly(GenericRowData.of(1L, GenericRowData.of(text("v"))));
    }

    private static FieldMetadata mapped(long id, String name) {
        return FieldMetadata.builder()
                .putLong("delta.columnMapping.id", id)
                .putString("delta.columnMapping.physicalName", name)
                .build();
    }

    @Test
    void aFullFileIsFollowedByAnother() throws IOException {
        RowType type =
                (RowType) DataTypes.ROW(DataTypes.FIELD("id", DataTypes.BIGINT())).getLogicalType();
        try (ParquetRowWriter writer =
                ParquetRowWriter.dataFiles(
                        layout(type, List.of()), FileNaming.forSink("s"), 20_000)) {
            long last = -1;
            for (long i = 0; i < 20_000; i++) {
                last = writer.write(GenericRowData.of(i * 0x9e3779b97f4a7c15L));
            }
            List<WrittenFile> files = writer.finish();
            assertThat(files).hasSizeGreaterThan(3);
            assertThat(files.get(files.size() - 1).rows()).isEqualTo(last + 1);
            assertThat(files.stream().mapToLong(WrittenFile::rows).sum()).isEqualTo(20_000);
            assertThat(files.stream().map(WrittenFile::path).distinct()).hasSize(files.size());
        }
    }

    @Test
    void aNullWhereTheTableAllowsNoneIsNamed() throws IOException {
        try (ParquetRowWriter writer =
                ParquetRowWriter.dataFiles(layout(ALL_TYPES, List.of()), FileNaming.forSink("s"))) {
            assertThatThrownBy(() -> writer.write(new GenericRowData(ALL_TYPES.getFieldCount())))
                    .hasMessageContaining("null in column id, which allows none");
        }
    }
}
