package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableDefinition;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Refuses targets whose rules our commits would break, and targets of another shape. */
final class TargetCheck {

    /** Writer features whose duties we meet, or that ask nothing unless a check below finds it. */
    private static final Set<String> FEATURES =
            Set.of(
                    "appendOnly",
                    "invariants",
                    "checkConstraints",
                    "generatedColumns",
                    "identityColumns",
                    "changeDataFeed",
                    "columnMapping",
                    "deletionVectors",
                    "timestampNtz",
                    "inCommitTimestamp",
                    "vacuumProtocolCheck",
                    "v2Checkpoint",
                    "domainMetadata",
                    "rowTracking");

    /** Properties that say how a writer writes, or that are compared by themselves. */
    private static final Set<String> OF_THE_WRITER =
            Set.of(
                    TableMetadata.KEY_PROPERTY,
                    TargetPreparation.EVOLUTION,
                    "delta.enableDeletionVectors",
                    "delta.enableChangeDataFeed",
                    "delta.parquet.compression.codec",
                    "delta.dataSkippingNumIndexedCols",
                    "delta.dataSkippingStatsColumns",
                    "millrace.zstd-level",
                    "millrace.file-size",
                    "millrace.bloom-filters",
                    "millrace.sort-by");

    private static final Map<String, String> FIELD_RULES =
            Map.of(
                    "delta.invariants", "an invariant",
                    "delta.generationExpression", "a generation expression",
                    "delta.identity.start", "an identity");

    private final String location;
    private final TableDefinition definition;
    private final boolean updates;

    /**
     * @param definition what the table would be created from
     * @param updates whether rows may be deleted or replaced
     */
    TargetCheck(String location, TableDefinition definition, boolean updates) {
        this.location = requireNonNull(location, "location is null");
        this.definition = requireNonNull(definition, "definition is null");
        this.updates = updates;
    }

    void check(TableSnapshot snapshot) {
        checkRules(snapshot);
        checkShape(snapshot.version(), snapshot.metadata());
    }

    /** Only whether we may write to it at all. */
    void checkRules(TableSnapshot snapshot) {
        TableMetadata metadata = snapshot.metadata();
        long version = snapshot.version();
        Set<String> unknown = new TreeSet<>(snapshot.protocol().writerFeatures());
        unknown.removeAll(FEATURES);
        if (!unknown.isEmpty()) {
            throw refused(version, "the table has the writer features " + unknown, "Drop them");
        }
        checkProperties(version, metadata.properties());
        for (StructField field : metadata.schema().fields()) {
            checkRules(version, field.getName(), field);
        }
    }

    private void checkProperties(long version, Map<String, String> properties) {
        for (String property : new TreeSet<>(properties.keySet())) {
            if (property.startsWith("delta.constraints.")) {
                throw refused(version, "it has the check constraint " + property, "Drop it");
            }
        }
        for (String property :
                List.of(
                        "delta.enableIcebergCompatV1",
                        "delta.enableIcebergCompatV2",
                        "delta.enableIcebergCompatV3")) {
            if (isTrue(properties, property)) {
                throw refused(version, property + " is on", "Turn it off");
            }
        }
        if (updates
                && isTrue(properties, "delta.enableRowTracking")
                && !isTrue(properties, "delta.enableDeletionVectors")) {
            throw refused(
                    version,
                    "delta.enableRowTracking is on and delta.enableDeletionVectors is not, so that rows which stay would be written anew and lose their ids",
                    "Turn deletion vectors on, or write without a primary key");
        }
        if (updates && isTrue(properties, "delta.appendOnly")) {
            throw refused(
                    version,
                    "the table is append-only (delta.appendOnly), the sink updates and deletes",
                    "Unset the property, or write without a primary key");
        }
        String feed = "delta.enableChangeDataFeed";
        if (isTrue(definition.properties(), feed) && !isTrue(properties, feed)) {
            throw refused(
                    version,
                    "the table has no change feed and the sink is to write one",
                    "Set " + feed + ", or sink.change-feed = false");
        }
    }

    /**
     * @param path of the column, and of the field in it
     */
    private void checkRules(long version, String path, StructField field) {
        FieldMetadata metadata = field.getMetadata();
        FIELD_RULES.forEach(
                (name, rule) -> {
                    if (metadata.contains(name)) {
                        throw refused(
                                version,
                                "column " + path + " has " + rule + " (" + name + ")",
                                "Drop it");
                    }
                });
        checkRules(version, path, field.getDataType());
    }

    private void checkRules(long version, String path, DataType type) {
        if (type instanceof StructType struct) {
            for (StructField field : struct.fields()) {
                checkRules(version, path + "." + field.getName(), field);
            }
        } else if (type instanceof ArrayType array) {
            checkRules(version, path, array.getElementType());
        } else if (type instanceof MapType map) {
            checkRules(version, path, map.getKeyType());
            checkRules(version, path, map.getValueType());
        }
    }

    private void checkShape(long version, TableMetadata metadata) {
        List<String> differences = new ArrayList<>();
        StructType there = metadata.schema();
        StructType ours = definition.schema();
        if (!there.fieldNames().equals(ours.fieldNames())) {
            differences.add(
                    "its columns are %s, the rows have %s"
                            .formatted(there.fieldNames(), ours.fieldNames()));
        }
        for (StructField field : ours.fields()) {
            int position = there.indexOf(field.getName());
            if (position < 0) {
                differences.add("it has no column " + text(field));
            } else if (!fits(there.at(position), field)) {
                differences.add(
                        "column %s is %s, the rows have %s"
                                .formatted(field.getName(), type(there.at(position)), type(field)));
            }
        }
        for (StructField field : there.fields()) {
            if (ours.indexOf(field.getName()) < 0) {
                differences.add("the rows have no column " + text(field));
            }
        }
        if (!metadata.partitionColumns().equals(definition.partitionColumns())) {
            differences.add(
                    "it is partitioned by %s, not by %s"
                            .formatted(metadata.partitionColumns(), definition.partitionColumns()));
        }
        List<String> key = key(definition.properties());
        if (!metadata.key().isEmpty() && !metadata.key().equals(key)) {
            differences.add(
                    "its key is %s (%s), not %s"
                            .formatted(metadata.key(), TableMetadata.KEY_PROPERTY, key));
        }
        for (String property : new TreeSet<>(definition.properties().keySet())) {
            String wanted = definition.properties().get(property);
            String given = metadata.properties().get(property);
            if (!OF_THE_WRITER.contains(property)
                    && !property.startsWith("delta.feature.")
                    && !wanted.equalsIgnoreCase(given)) {
                differences.add(
                        "its property %s is %s, not %s"
                                .formatted(property, given == null ? "not set" : given, wanted));
            }
        }
        if (!differences.isEmpty()) {
            throw refused(
                    version,
                    String.join("; ", differences),
                    "Make them the same, or write to another table");
        }
    }

    private static boolean fits(StructField there, StructField ours) {
        return there.getDataType().equivalent(ours.getDataType())
                && (!ours.isNullable() || there.isNullable());
    }

    static List<String> key(Map<String, String> properties) {
        String key = properties.getOrDefault(TableMetadata.KEY_PROPERTY, "");
        return key.isBlank() ? List.of() : Arrays.stream(key.split(",")).map(String::trim).toList();
    }

    private RefusedException refused(long version, String what, String remedy) {
        return new RefusedException(
                "%s: cannot write to the table at version %d: %s. %s."
                        .formatted(location, version, what, remedy));
    }

    private static String text(StructField field) {
        return field.getName() + " " + type(field);
    }

    private static String type(StructField field) {
        return field.getDataType() + (field.isNullable() ? "" : " NOT NULL");
    }

    private static boolean isTrue(Map<String, String> properties, String property) {
        return "true".equalsIgnoreCase(properties.get(property));
    }
}
