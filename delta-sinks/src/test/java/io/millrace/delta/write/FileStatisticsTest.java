package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

/** The statistics of written files. */
class FileStatisticsTest extends ParquetRowWriterTestBase {

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
    void columnsThatAreNamedAndFieldsOfStructsHaveStatisticsAndNoOthers() throws IOException {
        FileLayout all = layout(ALL_TYPES, List.of());
        FileLayout some =
                new FileLayout(
                        all.location(),
                        all.storage(),
                        all.schema(),
                        all.rowType(),
                        List.of(),
                        List.of(),
                        Map.of(
                                FileStatistics.STATS_COLUMNS_PROPERTY,
                                "struct.a, ID, `text`, nobody, struct.nobody"));
        try (ParquetRowWriter writer = ParquetRowWriter.dataFiles(some, FileNaming.forSink("s"))) {
            writer.write(full(1, ""));

            assertThat(json(writer.finish().get(0).stats()).get("nullCount"))
                    .isEqualTo(json("{\"id\": 0, \"text\": 0, \"struct\": {\"a\": 0}}"));
        }
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
}
