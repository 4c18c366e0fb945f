package io.millrace.catalog.information;

import static io.millrace.catalog.information.InformationTable.row;
import static io.millrace.catalog.information.InformationTable.yes;

import io.millrace.catalog.information.InformationFacts.KnownTable;
import io.millrace.delta.table.TableProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;

/** The table features of Delta tables, those that an older protocol version implies included. */
final class TableFeatures implements InformationTable {

    /** Features by the writer version that implies them (Delta protocol, "Table Features"). */
    private static final Map<String, Integer> IMPLIED_BY_WRITER =
            new TreeMap<>(
                    Map.of(
                            "appendOnly", 2,
                            "invariants", 2,
                            "checkConstraints", 3,
                            "changeDataFeed", 4,
                            "generatedColumns", 4,
                            "columnMapping", 5,
                            "identityColumns", 6));

    private static final int NAMES_FEATURES = 7;
    private static final int READER_OF_MAPPED_COLUMNS = 2;

    @Override
    public String name() {
        return "table_features";
    }

    @Override
    public String comment() {
        return "Features of Delta tables that readers or writers must know.";
    }

    @Override
    public List<Field> columns() {
        return List.of(
                DataTypes.FIELD("table_catalog", NAME),
                DataTypes.FIELD("table_schema", NAME),
                DataTypes.FIELD("table_name", NAME),
                DataTypes.FIELD("feature_name", NAME),
                DataTypes.FIELD("is_reader_feature", NAME),
                DataTypes.FIELD("is_writer_feature", NAME),
                DataTypes.FIELD("is_implied", NAME));
    }

    @Override
    public List<Object[]> rows(InformationFacts facts) {
        List<Object[]> rows = new ArrayList<>();
        for (KnownTable table : facts.tables()) {
            table.snapshot().ifPresent(snapshot -> add(rows, table, snapshot.protocol()));
        }
        return rows;
    }

    private static void add(List<Object[]> rows, KnownTable table, TableProtocol protocol) {
        boolean named = protocol.minWriterVersion() >= NAMES_FEATURES;
        TreeSet<String> features = new TreeSet<>(protocol.writerFeatures());
        features.addAll(protocol.readerFeatures());
        if (!named) {
            IMPLIED_BY_WRITER.forEach(
                    (feature, version) -> {
                        if (version <= protocol.minWriterVersion()) {
                            features.add(feature);
                        }
                    });
        }
        for (String feature : features) {
            boolean read =
                    protocol.readerFeatures().contains(feature)
                            || (feature.equals("columnMapping")
                                    && protocol.minReaderVersion() == READER_OF_MAPPED_COLUMNS);
            rows.add(
                    row(
                            InformationSchema.CATALOG,
                            table.database(),
                            table.name(),
                            feature,
                            yes(read),
                            "YES",
                            yes(!named)));
        }
    }
}
