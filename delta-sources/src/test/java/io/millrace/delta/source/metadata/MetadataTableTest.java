package io.millrace.delta.source.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableDefinition;
import io.millrace.delta.table.TableMetadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataTableTest {

    @TempDir private Path folder;

    private DeltaTable table;

    @BeforeEach
    void makeTable() throws Exception {
        table = DeltaTable.at(folder.toString());
        table.create(
                new TableDefinition(
                        new StructType()
                                .add("id", LongType.LONG)
                                .add("name", new StructType().add("first", StringType.STRING))
                                .add("part", StringType.STRING),
                        List.of("part"),
                        Map.of()),
                CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
        commit(
                "a.parquet",
                Optional.of(
                        """
                {"numRecords":3,"minValues":{"id":1,"name":{"first":"Ada"}},\
                "maxValues":{"id":3},"nullCount":{"id":0,"name":{"first":2}},"tightBounds":true}"""));
        commit("b%20c.parquet", Optional.empty());
    }

    private void commit(String path, Optional<String> stats) throws Exception {
        table.commit(
                table.snapshot(),
                new CommitContent(
                        CommitOperation.WRITE,
                        Optional.empty(),
                        List.of(
                                new DataFile(
                                        path,
                                        Map.of("part", "p"),
                                        10,
                                        5,
                                        true,
                                        Optional.empty(),
                                        stats,
                                        Map.of())),
                        List.of(),
                        List.of(),
                        Map.of("millrace.pipeline", "copy", "millrace.run", "r1")));
    }

    private List<RowData> rows(MetadataTable metadata, long version, String... columns)
            throws Exception {
        List<RowData> rows = new ArrayList<>();
        try (CloseableIterator<RowData> found =
                metadata.rows(table, version, "", Arrays.asList(columns))) {
            found.forEachRemaining(rows::add);
        }
        return rows;
    }

    private static Map<Object, Object> map(MapData map, boolean counts) {
        Map<Object, Object> values = new java.util.HashMap<>();
        for (int i = 0; i < map.size(); i++) {
            values.put(
                    map.keyArray().getString(i).toString(),
                    counts
                            ? map.valueArray().getLong(i)
                            : map.valueArray().getString(i).toString());
        }
        return values;
    }

    @Test
    void filesHaveTheirStatisticsByColumn() throws Exception {
        RowData file =
                rows(
                                MetadataTable.FILES,
                                1,
                                "record_count",
                                "min_values",
                                "max_values",
                                "null_counts",
                                "tight_bounds",
                                "partition_values",
                                "size_in_bytes",
                                "modification_time")
                        .get(0);

        assertThat(file.getLong(0)).isEqualTo(3);
        assertThat(map(file.getMap(1), false)).isEqualTo(Map.of("id", "1", "name.first", "Ada"));
        assertThat(map(file.getMap(2), false)).isEqualTo(Map.of("id", "3"));
        assertThat(map(file.getMap(3), true)).isEqualTo(Map.of("id", 0L, "name.first", 2L));
        assertThat(file.getBoolean(4)).isTrue();
        assertThat(map(file.getMap(5), false)).isEqualTo(Map.of("part", "p"));
        assertThat(file.getLong(6)).isEqualTo(10);
        assertThat(file.getTimestamp(7, 3)).isEqualTo(TimestampData.fromEpochMillis(5));
    }

    @Test
    void filesAreThoseOfTheVersionAndMayHaveNoStatistics() throws Exception {
        assertThat(rows(MetadataTable.FILES, 1, "path")).hasSize(1);
        List<RowData> files = rows(MetadataTable.FILES, 2, "path", "record_count", "min_values");

        assertThat(files).hasSize(2);
        RowData second = files.stream().filter(file -> file.isNullAt(1)).findFirst().orElseThrow();
        assertThat(second.getString(0)).isEqualTo(StringData.fromString(folder + "/b c.parquet"));
        assertThat(second.isNullAt(2)).isTrue();
    }

    @Test
    void historyGoesUpToAVersionAndNamesTheRun() throws Exception {
        List<RowData> commits =
                rows(MetadataTable.HISTORY, 1, "version", "operation", "pipeline", "run_id");

        assertThat(commits).hasSize(2);
        assertThat(commits.get(0).getString(1)).hasToString("CREATE TABLE");
        assertThat(commits.get(0).isNullAt(2)).isTrue();
        assertThat(commits.get(1).getLong(0)).isEqualTo(1);
        assertThat(commits.get(1).getString(2)).hasToString("copy");
        assertThat(commits.get(1).getString(3)).hasToString("r1");
    }

    @Test
    void allColumnsCanBeRead() throws Exception {
        for (MetadataTable metadata : MetadataTable.values()) {
            List<String> columns = DataType.getFieldNames(metadata.rowType());
            boolean none =
                    metadata == MetadataTable.PROPERTIES
                            || metadata == MetadataTable.TRANSACTIONS
                            || metadata == MetadataTable.CONSUMERS;
            assertThat(rows(metadata, 2, columns.toArray(String[]::new)).isEmpty())
                    .as(metadata.toString())
                    .isEqualTo(none);
        }
    }

    @Test
    void physicalNamesAreNotShown() {
        StructType schema =
                new StructType()
                        .add(
                                "id",
                                LongType.LONG,
                                FieldMetadata.builder()
                                        .putString("delta.columnMapping.physicalName", "col-1")
                                        .build());
        LogicalNames names = new LogicalNames(new TableMetadata("x", schema, List.of(), Map.of()));

        assertThat(names.of("col-1")).isEqualTo("id");
        assertThat(names.of("other")).isEqualTo("other");
    }

    @Test
    void aSplitIsReadBackAsItWasWritten() throws Exception {
        MetadataSplit.Serializer serializer = new MetadataSplit.Serializer();
        byte[] bytes = serializer.serialize(new MetadataSplit(7));

        assertThat(bytes).containsExactly(0, 0, 0, 0, 0, 0, 0, 7);
        assertThat(serializer.deserialize(1, bytes)).isEqualTo(new MetadataSplit(7));
    }
}
