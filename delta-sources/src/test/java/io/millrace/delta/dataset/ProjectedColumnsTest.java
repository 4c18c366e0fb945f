package io.millrace.delta.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.scan.ScanAlignment;
import io.millrace.delta.table.RefusedException;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.logical.RowType;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class ProjectedColumnsTest {

    private static final RowType TABLE =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                                    DataTypes.FIELD("amount", DataTypes.INT()),
                                    DataTypes.FIELD("region", DataTypes.STRING()),
                                    DataTypes.FIELD("tags", DataTypes.ARRAY(DataTypes.STRING())))
                            .notNull()
                            .getLogicalType();

    private static ProjectedColumns project(String column, Map<String, String> properties) {
        return project(Map.of(column, properties));
    }

    private static ProjectedColumns project(Map<String, Map<String, String>> properties) {
        return ProjectedColumns.resolve(
                "orders", TABLE, DeclaredProjection.ofProperties("orders", properties));
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(
            String column, Map<String, String> properties) {
        return assertThatThrownBy(() -> project(column, properties))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("orders: cannot project column '" + column + "'");
    }

    @Test
    void columnsThatAreNotNamedComeAsTheyAre() {
        ProjectedColumns columns = project(Map.of());

        assertThat(columns.rowType()).isEqualTo(TABLE);
        assertThat(columns.alignment().isNone()).isTrue();
    }

    @Test
    void aRenamedColumnStandsInItsPlaceAndFiltersReachTheTable() {
        ProjectedColumns columns = project("total", Map.of("from", "amount"));

        assertThat(columns.rowType().getFieldNames())
                .containsExactly("id", "total", "region", "tags");
        assertThat(columns.alignment().isPlain("total")).isTrue();
        assertThat(columns.alignment().tableName("total")).contains("amount");
        assertThat(columns.alignment().tableColumns(columns.rowType())).isEqualTo(TABLE);
        assertThat(columns.renamed(List.of("id", "amount"))).containsExactly("id", "total");
    }

    @Test
    void twoColumnsMayTradeTheirNames() {
        ProjectedColumns columns =
                project(
                        Map.of(
                                "amount",
                                Map.of("from", "region"),
                                "region",
                                Map.of("from", "amount")));

        assertThat(columns.rowType().getFieldNames())
                .containsExactly("id", "region", "amount", "tags");
    }

    @Test
    void aCastIsNotPlainAndKeepsNullability() {
        ProjectedColumns columns = project("amount", Map.of("type", "DECIMAL(12, 2)"));

        assertThat(columns.rowType().getTypeAt(1).asSummaryString()).isEqualTo("DECIMAL(12, 2)");
        assertThat(columns.alignment().isPlain("amount")).isFalse();
        assertThat(columns.alignment().isPlain("id")).isTrue();
    }

    @Test
    void aDefaultForNullMakesTheColumnNotNull() {
        ProjectedColumns columns = project("region", Map.of("default", "EU"));

        assertThat(columns.rowType().getTypeAt(2).isNullable()).isFalse();
        assertThat(columns.alignment().isPlain("region")).isFalse();
    }

    @Test
    void aColumnThatTheTableLacksHasItsDefaultAndComesLast() {
        ProjectedColumns columns = project("currency", Map.of("type", "STRING", "default", "EUR"));

        assertThat(columns.rowType().getFieldNames())
                .containsExactly("id", "amount", "region", "tags", "currency");
        assertThat(columns.alignment().tableName("currency")).isEmpty();
        assertThat(columns.alignment().columns().get("currency").origin())
                .isInstanceOf(ScanAlignment.Absent.class);
        assertThat(columns.alignment().tableColumns(columns.rowType())).isEqualTo(TABLE);
    }

    @Test
    void aDefaultForAbsentOnlyLeavesNullsOfAColumnThatIsThere() {
        ProjectedColumns columns =
                project("region", Map.of("default", "EU", "default-for", "absent"));

        assertThat(columns.alignment().isNone()).isTrue();
        assertThat(columns.rowType()).isEqualTo(TABLE);
    }

    @Test
    void anUnknownSourceColumnIsNamedWithThoseThereAre() {
        assertRefused("total", Map.of("from", "amonut"))
                .hasMessageContaining("no column 'amonut', it has [id, amount, region, tags]");
        assertRefused("extra", Map.of("default", "1", "default-for", "null"))
                .hasMessageContaining("no column 'extra'");
        assertRefused("extra", Map.of("default", "1")).hasMessageContaining("Give the type");
    }

    @Test
    void aRequiredColumnMustBeThere() {
        assertRefused("customer", Map.of("required", "true"))
                .hasMessageContaining("The column is required");
        assertRefused("region", Map.of("required", "true", "default", "x", "default-for", "any"))
                .hasMessageContaining("required, and has a default for where it is absent");
        assertThat(project("region", Map.of("required", "true")).rowType()).isEqualTo(TABLE);
    }

    @Test
    void aCastThatThereIsNotIsRefused() {
        assertRefused("tags", Map.of("type", "STRING"))
                .hasMessageContaining("no cast from ARRAY<STRING> to STRING");
        assertRefused("amount", Map.of("type", "DATE", "lossy", "true"))
                .hasMessageContaining("no cast from INT to DATE");
        assertRefused("amount", Map.of("type", "DECIMAL(")).hasMessageContaining("is no type");
        assertRefused("amount", Map.of("type", "NUMBER"))
                .hasMessageContaining("never of type `NUMBER`");
        assertRefused("amount", Map.of("type", "VARCHAR(3)"))
                .hasMessageContaining("never of type VARCHAR(3)");
        assertRefused("amount", Map.of("type", "BIGINT NOT NULL"))
                .hasMessageContaining("never of type BIGINT NOT NULL");
    }

    @Test
    void aLossyCastMustBeAskedFor() {
        assertRefused("amount", Map.of("type", "SMALLINT"))
                .hasMessageContaining("a cast from INT to SMALLINT does not keep every value");
        assertRefused("amount", Map.of("type", "DECIMAL(11, 2)"));
        assertRefused("region", Map.of("type", "BIGINT"));
        ProjectedColumns columns = project("id", Map.of("type", "INT", "lossy", "true"));
        assertThat(columns.rowType().getTypeAt(0).isNullable()).isTrue();
    }

    @Test
    void aDefaultMustBeAValueOfItsType() {
        for (Map<String, String> wrong :
                List.of(
                        Map.of("default", "ten"),
                        Map.of("default", "10.5"),
                        Map.of("default", "3000000000"),
                        Map.of("type", "DECIMAL(12, 2)", "default", "1.005"),
                        Map.of("type", "DECIMAL(12, 2)", "default", "12345678901"))) {
            assertRefused("amount", wrong).hasMessageContaining("its default");
        }
        assertRefused("at", Map.of("type", "TIMESTAMP_LTZ(6)", "default", "2026-01-01 00:00:00"))
                .hasMessageContaining("with an offset or Z");
        assertThat(
                        project(
                                        "at",
                                        Map.of(
                                                "type",
                                                "TIMESTAMP_LTZ(6)",
                                                "default",
                                                "2026-01-01T00:00Z"))
                                .rowType()
                                .getFieldNames())
                .contains("at");
    }

    @Test
    void twoColumnsOfOneNameAreRefused() {
        assertRefused("region", Map.of("from", "amount"))
                .hasMessageContaining("two columns would have this name");
        assertThatThrownBy(() -> project("Region", Map.of("from", "amount")))
                .hasMessageContaining("two columns would have this name");
    }

    @Test
    void whatIsNotKnownIsRefused() {
        assertRefused("amount", Map.of("tpye", "INT")).hasMessageContaining("'tpye' is not known");
        assertRefused("amount", Map.of("lossy", "true")).hasMessageContaining("no 'type'");
        assertRefused("amount", Map.of("default-for", "null")).hasMessageContaining("no 'default'");
        assertRefused("amount", Map.of("default", "1", "default-for", "nulls"))
                .hasMessageContaining("Known are [any, null, absent]");
    }

    @Test
    void optionsOfATableSayTheSame() {
        Map<String, String> options =
                Map.of(
                        "connector", "delta",
                        "projection.unit.price.from", "amount",
                        "projection.unit.price.type", "BIGINT",
                        "projection.region.default", "EU");

        DeclaredProjection projection = DeclaredProjection.ofTable("orders", options);

        assertThat(projection.columns()).containsOnlyKeys("unit.price", "region");
        assertThat(DeclaredProjection.ofTable("orders", projection.asTableOptions()))
                .isEqualTo(projection);
        assertThatThrownBy(
                        () -> DeclaredProjection.ofTable("orders", Map.of("projection.x", "INT")))
                .hasMessageContaining("projection.<column>.<property>");
    }
}
