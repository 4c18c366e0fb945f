package io.millrace.delta.source.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of these tables exist only in the log: whoever reads them fails. */
class SnapshotPushDownITCase {

    private static final StructType SCHEMA =
            new StructType()
                    .add("id", LongType.LONG)
                    .add("born", DateType.DATE)
                    .add("name", StringType.STRING)
                    .add("price", DoubleType.DOUBLE)
                    .add("part", StringType.STRING);

    private static final DeletionVector THREE_ROWS =
            new DeletionVector("i", "0rr91", OptionalInt.empty(), 1, 3);

    @TempDir private Path folder;

    private final TableEnvironment tables =
            TableEnvironment.create(EnvironmentSettings.inBatchMode());

    @BeforeEach
    void makeTable() throws Exception {
        DeltaTable table = DeltaTable.at(folder.toString());
        table.create(
                new TableDefinition(
                        SCHEMA,
                        List.of("part"),
                        Map.of(
                                "delta.enableDeletionVectors", "true",
                                "delta.enableChangeDataFeed", "true")),
                CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
        List<DataFile> files = new ArrayList<>();
        files.add(file("a", 10, 1, 7, Optional.empty()));
        files.add(file("a", 20, 5, 9, Optional.empty()));
        files.add(file("b", 10, 3, 30, Optional.of(THREE_ROWS)));
        table.commit(
                table.snapshot(),
                new CommitContent(
                        CommitOperation.STREAMING_UPDATE,
                        Optional.empty(),
                        files,
                        List.of(),
                        List.of(),
                        Map.of()));
        tables.executeSql(
                """
                CREATE TABLE t (id BIGINT, born DATE, name STRING, price DOUBLE, part STRING)
                WITH ('connector' = 'delta', 'path' = '%s', 'dataset' = 't')
                """
                        .formatted(folder));
    }

    private static DataFile file(
            String part, int rows, int first, int last, Optional<DeletionVector> vector) {
        String stats =
                """
                {"numRecords":%1$d,"tightBounds":%4$s,
                 "minValues":{"id":%2$d,"born":"2024-01-%2$02d","name":"n%2$d","price":%2$d.5},
                 "maxValues":{"id":%3$d,"born":"2024-01-%3$02d","name":"n%3$d","price":%3$d.5},
                 "nullCount":{"id":0,"born":2,"name":%1$d,"price":1}}
                """
                        .formatted(rows, first, last, vector.isEmpty());
        return new DataFile(
                part + first + ".parquet",
                Map.of("part", part),
                1000,
                1,
                true,
                vector,
                Optional.of(stats),
                Map.of());
    }

    private List<String> rows(String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = tables.executeSql(sql).collect()) {
            result.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }

    @Test
    void countsAndExtremesComeFromTheLog() throws Exception {
        assertThat(rows("SELECT COUNT(*), COUNT(id), COUNT(name), MIN(part) FROM t"))
                .containsExactly("+I[37, 37, 0, a]");
        assertThat(
                        rows(
                                "SELECT COUNT(*), MIN(id), MAX(id), MAX(born), COUNT(born), MIN(name)"
                                        + " FROM t WHERE part = 'a'"))
                .containsExactly("+I[30, 1, 9, 2024-01-09, 26, null]");
        assertThat(rows("SELECT COUNT(*), MAX(id) FROM t WHERE part = 'c'"))
                .containsExactly("+I[0, null]");
    }

    @Test
    void whatTheLogDoesNotKnowExactlyIsComputed() {
        for (String sql :
                List.of(
                        "SELECT MAX(id) FROM t",
                        "SELECT COUNT(born) FROM t",
                        "SELECT MIN(price) FROM t WHERE part = 'a'",
                        "SELECT SUM(id) FROM t",
                        "SELECT COUNT(*) FROM t WHERE id > 3",
                        "SELECT part, COUNT(*) FROM t GROUP BY part",
                        "SELECT COUNT(DISTINCT id) FROM t",
                        "SELECT COUNT(*) FROM (SELECT * FROM t LIMIT 5)")) {
            assertThat(tables.explainSql(sql)).as(sql).doesNotContain("aggregates=[");
        }
    }

    @Test
    void thePlannerKnowsWhatIsRead() {
        assertThat(tables.explainSql("SELECT name, price FROM t", ExplainDetail.ESTIMATED_COST))
                .contains("rowcount = 37.0");
        assertThat(
                        tables.explainSql(
                                "SELECT name FROM t WHERE part = 'b'",
                                ExplainDetail.ESTIMATED_COST))
                .contains("rowcount = 7.0");
        assertThat(
                        tables.explainSql(
                                "SELECT name, id FROM t WHERE id > 8",
                                ExplainDetail.ESTIMATED_COST))
                .contains("rowcount = 27.0");
    }

    @Test
    void aLimitIsToldToTheScan() {
        assertThat(tables.explainSql("SELECT name FROM t LIMIT 5")).contains("limit=[5]");
    }
}
