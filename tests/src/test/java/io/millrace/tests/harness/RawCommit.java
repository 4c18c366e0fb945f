package io.millrace.tests.harness;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.millrace.delta.table.DeletionVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** One commit file of a table as its JSON says, read without the code under test. */
public record RawCommit(
        long version,
        List<RawFile> adds,
        List<RawFile> removes,
        List<RawFile> changes,
        Map<String, Long> transactions,
        JsonNode info,
        Optional<JsonNode> metadata) {

    /** A data or change file; the path stands as in the log. */
    public record RawFile(
            String path,
            Map<String, String> partitionValues,
            boolean dataChange,
            Optional<DeletionVector> deletionVector) {

        public RawFile {
            requireNonNull(path, "path is null");
            partitionValues = Collections.unmodifiableMap(new LinkedHashMap<>(partitionValues));
            requireNonNull(deletionVector, "deletionVector is null");
        }
    }

    public RawCommit {
        adds = List.copyOf(adds);
        removes = List.copyOf(removes);
        changes = List.copyOf(changes);
        transactions = Map.copyOf(transactions);
        requireNonNull(info, "info is null");
        requireNonNull(metadata, "metadata is null");
    }

    public static RawCommit of(long version, List<JsonNode> lines) {
        List<RawFile> adds = new ArrayList<>();
        List<RawFile> removes = new ArrayList<>();
        List<RawFile> changes = new ArrayList<>();
        Map<String, Long> transactions = new TreeMap<>();
        JsonNode info = MissingNode.getInstance();
        Optional<JsonNode> metadata = Optional.empty();
        for (JsonNode line : lines) {
            String action = line.fieldNames().next();
            JsonNode body = line.get(action);
            switch (action) {
                case "add" -> adds.add(file(body));
                case "remove" -> removes.add(file(body));
                case "cdc" -> changes.add(file(body));
                case "txn" ->
                        transactions.put(body.get("appId").asText(), body.get("version").asLong());
                case "commitInfo" -> info = body;
                case "metaData" -> metadata = Optional.of(body);
                default -> {}
            }
        }
        return new RawCommit(version, adds, removes, changes, transactions, info, metadata);
    }

    private static RawFile file(JsonNode body) {
        Map<String, String> partition = new LinkedHashMap<>();
        body.path("partitionValues")
                .properties()
                .forEach(
                        entry ->
                                partition.put(
                                        entry.getKey(),
                                        entry.getValue().isNull()
                                                        || entry.getValue().asText().isEmpty()
                                                ? null
                                                : entry.getValue().asText()));
        return new RawFile(
                body.get("path").asText(),
                partition,
                body.get("dataChange").asBoolean(),
                Optional.ofNullable(body.get("deletionVector"))
                        .filter(vector -> !vector.isNull())
                        .map(RawCommit::deletionVector));
    }

    private static DeletionVector deletionVector(JsonNode body) {
        return new DeletionVector(
                body.get("storageType").asText(),
                body.get("pathOrInlineDv").asText(),
                body.hasNonNull("offset")
                        ? OptionalInt.of(body.get("offset").asInt())
                        : OptionalInt.empty(),
                body.get("sizeInBytes").asInt(),
                body.get("cardinality").asLong());
    }

    /** A fact that Millrace recorded; missing where it did not. */
    public Optional<String> parameter(String name) {
        JsonNode value = info.path("operationParameters").path(name);
        return value.isMissingNode() || value.isNull()
                ? Optional.empty()
                : Optional.of(value.asText());
    }
}
