package io.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaCatalogTest {
    @TempDir private Path warehouse;
    @TempDir private Path elsewhere;

    private DeltaCatalog catalog;

    @BeforeEach
    void makeTables() throws Exception {
        create(warehouse.resolve("orders"), Map.of("millrace.key", "id"));
        create(warehouse.resolve("_millrace/state"), Map.of());
        create(elsewhere.resolve("customers"), Map.of());
        Files.createDirectories(warehouse.resolve("no_table"));
        catalog = new DeltaCatalog(warehouse);
    }

    private static void create(Path location, Map<String, String> properties) throws Exception {
        DeltaTable.at(location.toString())
                .create(
                        new TableDefinition(
                                new StructType()
                                        .add("id", LongType.LONG)
                                        .add("name", StringType.STRING),
                                List.of(),
                                properties),
                        new CommitContent(
                                CommitOperation.CREATE_TABLE,
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                List.of(),
                                Map.of()));
    }

    private CatalogBaseTable table(String name) throws TableNotExistException {
        return catalog.getTable(new ObjectPath("default", name));
    }

    @Test
    void findsTheTablesOfTheWarehouseAndHidesWhatIsInternal() throws Exception {
        assertThat(catalog.listTables("default")).containsExactly("orders");
        assertThat(table("orders").getOptions())
                .isEqualTo(
                        Map.of(
                                "connector", "delta",
                                "path", warehouse.resolve("orders").toString(),
                                "dataset", "orders"));
        assertThat(
                        table("orders")
                                .getUnresolvedSchema()
                                .getPrimaryKey()
                                .orElseThrow()
                                .getColumnNames())
                .containsExactly("id");
        assertThatThrownBy(() -> table("_millrace")).isInstanceOf(TableNotExistException.class);
        assertThatThrownBy(() -> table("no_table")).isInstanceOf(TableNotExistException.class);
        assertThatThrownBy(() -> table("../x")).isInstanceOf(TableNotExistException.class);
    }

    private static Request source(String name, Path location, List<String> key) {
        return Request.of(location.toString()).named(name).withKey(key);
    }

    @Test
    void registersSourcesWhereverTheyLie() throws Exception {
        catalog.registerSource(source("orders", warehouse.resolve("orders"), List.of()));
        catalog.registerSource(source("people", elsewhere.resolve("customers"), List.of("name")));
        assertThat(catalog.listTables("default")).containsExactly("orders", "people");
        assertThat(
                        table("people")
                                .getUnresolvedSchema()
                                .getPrimaryKey()
                                .orElseThrow()
                                .getColumnNames())
                .containsExactly("name");
        assertThatThrownBy(
                        () ->
                                catalog.registerSource(
                                        source("gone", elsewhere.resolve("gone"), List.of())))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("gone: cannot open the table: there is no Delta table at");
        assertThatThrownBy(
                        () ->
                                catalog.registerSource(
                                        source(
                                                "bad",
                                                elsewhere.resolve("customers"),
                                                List.of("x"))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("[x]");
    }

    @Test
    void registersResultsThatDoNotExistYet() throws Exception {
        RowType rowType =
                RowType.of(
                        new LogicalType[] {new BigIntType(), new BigIntType()},
                        new String[] {"k", "v"});
        catalog.registerResult(
                new ResultTable(
                        "orders",
                        warehouse + "/result",
                        rowType,
                        List.of("k"),
                        List.of(),
                        "",
                        Map.of("sink.id", "x")));
        CatalogBaseTable result = catalog.getTable(new ObjectPath("results", "orders"));
        assertThat(result.getOptions())
                .containsEntry("sink.id", "x")
                .containsEntry("dataset", "orders");
        assertThat(result.getUnresolvedSchema().toString()).contains("`k` BIGINT NOT NULL");
    }

    @Test
    void derivesTablesFromATable() throws Exception {
        assertThat(table("orders$changes").getUnresolvedSchema().toString())
                .contains("`_commit_version`")
                .doesNotContain("PRIMARY KEY");
        assertThat(table("orders$changes").getOptions()).containsEntry("scan.mode", "feed");
        assertThat(table("orders$v0").getOptions()).containsEntry("scan.version", "0");
        assertThat(table("orders$v0").getUnresolvedSchema().getPrimaryKey()).isPresent();
        assertThat(table("orders$v0$files").getOptions())
                .containsEntry("connector", "delta-metadata")
                .containsEntry("metadata-table", "files")
                .containsEntry("scan.version", "0");
        String customers = elsewhere.resolve("customers").toString();
        assertThat(catalog.getTable(new ObjectPath("path", customers + "$history")).getOptions())
                .containsEntry("metadata-table", "history")
                .containsEntry("path", customers);
        for (String none :
                List.of("orders$v0$changes", "orders$x", "orders$", "no_table$files", "$files")) {
            assertThat(catalog.tableExists(new ObjectPath("default", none))).as(none).isFalse();
        }
    }
}
