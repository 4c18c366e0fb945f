package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

/** Rows come back as they were written, full files are followed by others, nulls refused. */
class ParquetRowWriterTest extends ParquetRowWriterTestBase {

    private static RowData binary(RowData row) {
        return new RowDataSerializer(ALL_TYPES).toBinaryRow(row).copy();
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
