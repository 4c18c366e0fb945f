package io.millrace.catalog.information;

import static io.millrace.catalog.information.InformationTable.row;
import static io.millrace.catalog.information.InformationTable.yes;

import io.millrace.artifacts.store.ArtifactFolder;
import io.millrace.catalog.information.InformationFacts.KnownTable;
import io.millrace.delta.table.TableSnapshot;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogView;

/** The tables and views. */
final class Tables implements InformationTable {

    @Override
    public String name() {
        return "tables";
    }

    @Override
    public String comment() {
        return "Tables and views; one that cannot be opened says why in 'problem'.";
    }

    @Override
    public List<Field> columns() {
        return List.of(
                DataTypes.FIELD("table_catalog", NAME),
                DataTypes.FIELD("table_schema", NAME),
                DataTypes.FIELD("table_name", NAME),
                DataTypes.FIELD("table_type", NAME),
                DataTypes.FIELD("is_insertable_into", NAME),
                DataTypes.FIELD("comment", TEXT),
                DataTypes.FIELD("connector", TEXT),
                DataTypes.FIELD("location", TEXT),
                DataTypes.FIELD("table_id", TEXT),
                DataTypes.FIELD("table_version", NUMBER),
                DataTypes.FIELD("min_reader_version", NUMBER),
                DataTypes.FIELD("min_writer_version", NUMBER),
                DataTypes.FIELD("problem", TEXT));
    }

    @Override
    public List<Object[]> rows(InformationFacts facts) {
        return facts.tables().stream().map(Tables::of).toList();
    }

    private static Object[] of(KnownTable table) {
        String type = type(table);
        Map<String, String> options =
                table.definition().map(CatalogBaseTable::getOptions).orElse(Map.of());
        return row(
                InformationSchema.CATALOG,
                table.database(),
                table.name(),
                type,
                yes(type.equals("BASE TABLE") && !table.database().equals(ArtifactFolder.DATABASE)),
                table.definition()
                        .map(CatalogBaseTable::getComment)
                        .filter(comment -> !comment.isEmpty())
                        .orElse(null),
                InformationSchema.isOwn(table) ? null : options.get("connector"),
                options.get("path"),
                table.snapshot().map(snapshot -> snapshot.metadata().id()).orElse(null),
                table.snapshot().map(TableSnapshot::version).orElse(null),
                table.snapshot()
                        .map(snapshot -> (long) snapshot.protocol().minReaderVersion())
                        .orElse(null),
                table.snapshot()
                        .map(snapshot -> (long) snapshot.protocol().minWriterVersion())
                        .orElse(null),
                table.problem().orElse(null));
    }

    private static String type(KnownTable table) {
        if (InformationSchema.isOwn(table)) {
            return "SYSTEM TABLE";
        }
        return table.definition().filter(CatalogView.class::isInstance).isPresent()
                ? "VIEW"
                : "BASE TABLE";
    }
}
