package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;

/**
 * Where written files stand and which columns they hold: partitions, change files, mapped names.
 */
class FileLayoutTest extends ParquetRowWriterTestBase {

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
                        StorageOptions.NONE,
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
}
