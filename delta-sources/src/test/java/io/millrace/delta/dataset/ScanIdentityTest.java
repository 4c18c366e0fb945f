package io.millrace.delta.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.table.StorageOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes the identity of a scan, and what does not: each mutation on its own. */
class ScanIdentityTest {

    private static final LogicalType STRING = new VarCharType(VarCharType.MAX_LENGTH);

    private record Column(String name, LogicalType type) {}

    private static final List<Column> TABLE =
            List.of(
                    new Column("id", new BigIntType()),
                    new Column("amount", new IntType()),
                    new Column("region", STRING));

    private static final Map<String, Map<String, String>> PROJECTION =
            Map.of(
                    "total", Map.of("from", "amount", "type", "BIGINT"),
                    "region", Map.of("default", "EU"));

    private static String hash(
            String dataset,
            List<Column> table,
            Map<String, Map<String, String>> projection,
            List<String> key) {
        return scan(dataset, "/a/orders", table, projection, key).identityHash();
    }

    private static ScanConfiguration scan(
            String dataset,
            String location,
            List<Column> table,
            Map<String, Map<String, String>> projection,
            List<String> key) {
        DeclaredProjection declared = DeclaredProjection.ofProperties(dataset, projection);
        RowType rowType =
                new RowType(
                        false,
                        table.stream().map(c -> new RowType.RowField(c.name(), c.type())).toList());
        ProjectedColumns columns = ProjectedColumns.resolve(dataset, rowType, declared);
        return ScanConfiguration.of(dataset, location, declared, columns, columns.rowType(), key);
    }

    private static final String HASH = hash("orders", TABLE, PROJECTION, List.of("id"));

    private static void assertOther(String other) {
        assertThat(other).hasSize(32).isNotEqualTo(HASH);
    }

    @Test
    void isTheSameForTheSameScanOnAnyMachine() {
        assertThat(hash("orders", TABLE, PROJECTION, List.of("id"))).isEqualTo(HASH);
        assertThat(HASH).isEqualTo("48c11d7886b7e0cd033ab390b10ea22a");
    }

    @Test
    void theLocationIsNotInIt() {
        assertThat(
                        scan("orders", "s3a://b/orders", TABLE, PROJECTION, List.of("id"))
                                .identityHash())
                .isEqualTo(HASH);
    }

    @Test
    void aStoredTypeThatTheScanCastsAwayIsNotInIt() {
        List<Column> widened =
                List.of(TABLE.get(0), new Column("amount", new BigIntType()), TABLE.get(2));

        assertThat(hash("orders", widened, PROJECTION, List.of("id"))).isEqualTo(HASH);
    }

    @Test
    void theNameOfTheDatasetIsInIt() {
        assertOther(hash("order", TABLE, PROJECTION, List.of("id")));
    }

    @Test
    void theKeyIsInIt() {
        assertOther(hash("orders", TABLE, PROJECTION, List.of()));
        assertOther(hash("orders", TABLE, PROJECTION, List.of("id", "region")));
    }

    @Test
    void columnsAreInItWithNameTypeOrderAndNullability() {
        Column id = TABLE.get(0);
        Column amount = TABLE.get(1);
        Column region = TABLE.get(2);
        Column added = new Column("added", STRING);

        assertOther(hash("orders", List.of(id, amount, region, added), PROJECTION, List.of("id")));
        assertOther(hash("orders", List.of(amount, id, region), PROJECTION, List.of("id")));
        Column notNull = new Column("id", new BigIntType(false));
        assertOther(hash("orders", List.of(notNull, amount, region), PROJECTION, List.of("id")));
        Column other = new Column("id", STRING);
        assertOther(hash("orders", List.of(other, amount, region), PROJECTION, List.of("id")));
    }

    @Test
    void allThatIsDeclaredOfAColumnIsInIt() {
        Map<String, String> total = Map.of("from", "amount", "type", "BIGINT");
        for (Map<String, String> region :
                List.of(
                        Map.of("default", "US"),
                        Map.of("default", "EU", "default-for", "null"),
                        Map.of("default", "EU", "default-for", "absent"),
                        Map.of("default", "EU", "required", "true"),
                        Map.of("required", "true"))) {
            assertOther(
                    hash("orders", TABLE, Map.of("total", total, "region", region), List.of("id")));
        }
        Map<String, String> region = PROJECTION.get("region");
        for (Map<String, String> other :
                List.of(
                        Map.of("from", "id", "type", "BIGINT"),
                        Map.of("from", "amount", "type", "DOUBLE"),
                        Map.of("from", "amount"),
                        Map.of("from", "amount", "type", "SMALLINT", "lossy", "true"))) {
            List<String> key = other.get("from").equals("id") ? List.of("total") : List.of("id");
            assertOther(hash("orders", TABLE, Map.of("total", other, "region", region), key));
        }
        assertOther(hash("orders", TABLE, Map.of(), List.of("id")));
    }

    @Test
    void howTheTableIsReachedIsNotEvenSeen(@TempDir Path folder) throws Exception {
        String location = DatasetResolverTest.makeTable(folder);
        DatasetResolver.Request request = DatasetResolver.Request.of(location);

        assertThat(
                        DatasetResolver.resolve(
                                        request.storedIn(
                                                StorageOptions.of(Map.of("fs.s3a.x", "y"))))
                                .scan())
                .isEqualTo(DatasetResolver.resolve(request).scan());
    }
}
