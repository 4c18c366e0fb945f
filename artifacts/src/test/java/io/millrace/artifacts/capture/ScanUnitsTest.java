package io.millrace.artifacts.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.millrace.artifacts.PlanBundle;
import io.millrace.artifacts.PlanOrigin;
import io.millrace.artifacts.PlanningInput;
import io.millrace.artifacts.SettingsSnapshot;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableDefinition;
import io.millrace.functions.FunctionRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanUnitsTest {

    @TempDir private Path folder;

    private PlanningInput input() {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.executeSql(
                "CREATE TABLE t (id BIGINT, part STRING) WITH ('connector' = 'delta', 'path' = '%s', 'dataset' = 't')"
                        .formatted(folder));
        tables.executeSql("CREATE TABLE sink (id BIGINT) WITH ('connector' = 'blackhole')");
        StatementSet statements =
                tables.createStatementSet()
                        .addInsertSql("INSERT INTO sink SELECT id FROM t WHERE part = 'a'")
                        .addInsertSql("INSERT INTO sink SELECT id FROM t");
        return new PlanningInput(
                "p",
                tables,
                statements,
                SettingsSnapshot.of(Map.of(), Map.of()),
                "f",
                FunctionRegistry.standard(),
                PlanOrigin.NONE,
                List.of());
    }

    private static DataFile file(String part, int rows) {
        return new DataFile(
                part + ".parquet",
                Map.of("part", part),
                100,
                1,
                true,
                Optional.empty(),
                Optional.of("{\"numRecords\":" + rows + "}"),
                Map.of());
    }

    @Test
    void aBundleSaysWhatEachScanReads() throws Exception {
        DeltaTable table = DeltaTable.at(folder.toString());
        table.create(
                new TableDefinition(
                        new StructType().add("id", LongType.LONG).add("part", StringType.STRING),
                        List.of("part"),
                        Map.of("delta.enableChangeDataFeed", "true")),
                CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
        table.commit(
                table.snapshot(),
                new CommitContent(
                        CommitOperation.STREAMING_UPDATE,
                        Optional.empty(),
                        List.of(file("a", 3), file("b", 4)),
                        List.of(),
                        List.of(),
                        Map.of()));

        PlanBundle bundle = new PlanCapture(this::input).capture();

        assertThat(bundle.scanUnits())
                .extracting(unit -> unit.filter() + " " + unit.filesKept() + "/" + unit.filesAll())
                .containsExactly("part = 'a' 1/2", " 2/2");
        assertThat(BundleStore.files(bundle).get("scan-units.json"))
                .contains("\"version\" : 1", "\"rows\" : 3", "\"bytes\" : 200");
        assertThat(bundle.compiledPlan()).contains("FilterPushDown");
    }
}
