package io.millrace.catalog.information;

import static io.millrace.catalog.information.InformationTable.row;
import static io.millrace.catalog.information.InformationTable.yes;

import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.StructField;
import io.millrace.catalog.information.InformationFacts.KnownTable;
import io.millrace.delta.table.TableMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.api.Schema.UnresolvedColumn;
import org.apache.flink.table.api.Schema.UnresolvedComputedColumn;
import org.apache.flink.table.api.Schema.UnresolvedMetadataColumn;
import org.apache.flink.table.api.Schema.UnresolvedPhysicalColumn;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.expressions.Expression;
import org.apache.flink.table.expressions.SqlCallExpression;
import org.apache.flink.table.types.AbstractDataType;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/** The columns of tables and views. */
final class Columns implements InformationTable {

    private static final String GENERATION = "delta.generationExpression";
    private static final String DEFAULT = "CURRENT_DEFAULT";
    private static final String IDENTITY = "delta.identity.start";

    @Override
    public String name() {
        return "columns";
    }

    @Override
    public String comment() {
        return "Columns of tables and views, in their order.";
    }

    @Override
    public List<Field> columns() {
        return List.of(
                DataTypes.FIELD("table_catalog", NAME),
                DataTypes.FIELD("table_schema", NAME),
                DataTypes.FIELD("table_name", NAME),
                DataTypes.FIELD("column_name", NAME),
                DataTypes.FIELD("ordinal_position", DataTypes.INT().notNull()),
                DataTypes.FIELD("column_default", TEXT),
                DataTypes.FIELD("is_nullable", NAME),
                DataTypes.FIELD("data_type", TEXT),
                DataTypes.FIELD("character_maximum_length", DataTypes.INT()),
                DataTypes.FIELD("numeric_precision", DataTypes.INT()),
                DataTypes.FIELD("numeric_scale", DataTypes.INT()),
                DataTypes.FIELD("datetime_precision", DataTypes.INT()),
                DataTypes.FIELD("is_identity", NAME),
                DataTypes.FIELD("is_generated", NAME),
                DataTypes.FIELD("generation_expression", TEXT),
                DataTypes.FIELD("is_metadata", NAME),
                DataTypes.FIELD("metadata_key", TEXT),
                DataTypes.FIELD("partition_position", DataTypes.INT()),
                DataTypes.FIELD("key_position", DataTypes.INT()),
                DataTypes.FIELD("semantic_type", TEXT),
                DataTypes.FIELD("comment", TEXT));
    }

    @Override
    public List<Object[]> rows(InformationFacts facts) {
        List<Object[]> rows = new ArrayList<>();
        for (KnownTable table : facts.tables()) {
            table.definition().ifPresent(definition -> add(rows, table, definition));
        }
        return rows;
    }

    private static void add(List<Object[]> rows, KnownTable table, CatalogBaseTable definition) {
        int position = 1;
        for (UnresolvedColumn column : definition.getUnresolvedSchema().getColumns()) {
            rows.add(of(table, definition, column, position++));
        }
    }

    private static Object[] of(
            KnownTable table, CatalogBaseTable definition, UnresolvedColumn column, int position) {
        Optional<LogicalType> type = type(column);
        Optional<FieldMetadata> said = said(table, column.getName());
        String computed =
                column instanceof UnresolvedComputedColumn expression
                        ? sql(expression.getExpression())
                        : text(said, GENERATION);
        List<String> partitions =
                definition instanceof CatalogTable plain ? plain.getPartitionKeys() : List.of();
        List<String> key =
                definition
                        .getUnresolvedSchema()
                        .getPrimaryKey()
                        .map(primary -> primary.getColumnNames())
                        .orElse(List.of());
        return row(
                InformationSchema.CATALOG,
                table.database(),
                table.name(),
                column.getName(),
                position,
                text(said, DEFAULT),
                yes(type.map(LogicalType::isNullable).orElse(true)),
                type.map(known -> known.copy(true).asSerializableString()).orElse(null),
                type.map(TypeFacts::characters).orElse(null),
                type.map(TypeFacts::precision).orElse(null),
                type.map(TypeFacts::scale).orElse(null),
                type.map(TypeFacts::fraction).orElse(null),
                yes(said.map(metadata -> metadata.contains(IDENTITY)).orElse(false)),
                computed == null ? "NEVER" : "ALWAYS",
                computed,
                yes(column instanceof UnresolvedMetadataColumn),
                column instanceof UnresolvedMetadataColumn metadata
                        ? Optional.ofNullable(metadata.getMetadataKey()).orElse(column.getName())
                        : null,
                ordinal(partitions, column.getName()),
                ordinal(key, column.getName()),
                text(said, TableMetadata.COLUMN_KIND),
                column.getComment().orElse(null));
    }

    private static String sql(Expression expression) {
        return expression instanceof SqlCallExpression call
                ? call.getSqlExpression()
                : expression.asSummaryString();
    }

    private static Integer ordinal(List<String> columns, String name) {
        int index = columns.indexOf(name);
        return index < 0 ? null : Integer.valueOf(index + 1);
    }

    /** Of computed columns only the planner knows the type. */
    private static Optional<LogicalType> type(UnresolvedColumn column) {
        AbstractDataType<?> type =
                column instanceof UnresolvedPhysicalColumn physical
                        ? physical.getDataType()
                        : column instanceof UnresolvedMetadataColumn metadata
                                ? metadata.getDataType()
                                : null;
        return type instanceof DataType known
                ? Optional.of(known.getLogicalType())
                : Optional.empty();
    }

    private static Optional<FieldMetadata> said(KnownTable table, String column) {
        return table.snapshot()
                .flatMap(
                        snapshot ->
                                snapshot.metadata().schema().fields().stream()
                                        .filter(field -> field.getName().equals(column))
                                        .findFirst())
                .map(StructField::getMetadata);
    }

    private static String text(Optional<FieldMetadata> metadata, String key) {
        return metadata.filter(known -> known.contains(key))
                .map(known -> String.valueOf(known.get(key)))
                .orElse(null);
    }
}
