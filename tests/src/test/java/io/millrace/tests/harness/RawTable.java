package io.millrace.tests.harness;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RowPositions;
import io.millrace.tests.harness.RawCommit.RawFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Delta table on the local disk, read straight from its JSON log and Parquet files (Delta
 * protocol, "Delta Log Entries"): the slow second opinion.
 */
public final class RawTable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path location;
    private final Map<String, List<Map<String, Object>>> files = new LinkedHashMap<>();

    public RawTable(Path location) {
        this.location = requireNonNull(location, "location is null");
    }

    public Path location() {
        return location;
    }

    /** The newest version, -1 if there is no table. */
    public long latestVersion() {
        long version = -1;
        while (Files.exists(commitFile(version + 1))) {
            version++;
        }
        return version;
    }

    public Path commitFile(long version) {
        return location.resolve("_delta_log/%020d.json".formatted(version));
    }

    public RawCommit commit(long version) {
        List<JsonNode> lines = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(commitFile(version), StandardCharsets.UTF_8)) {
                if (!line.isBlank()) {
                    lines.add(JSON.readTree(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return RawCommit.of(version, lines);
    }

    /** Column names in order. */
    public List<String> columns() {
        JsonNode metadata = commit(0).metadata().orElseThrow();
        try {
            List<String> names = new ArrayList<>();
            JSON.readTree(metadata.get("schemaString").asText())
                    .get("fields")
                    .forEach(field -> names.add(field.get("name").asText()));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows of a version, in no order. */
    public List<List<Object>> rows(long version) {
        Map<String, RawFile> live = new LinkedHashMap<>();
        for (long v = 0; v <= version; v++) {
            RawCommit commit = commit(v);
            commit.removes().forEach(file -> live.remove(file.path()));
            commit.adds().forEach(file -> live.put(file.path(), file));
        }
        List<String> columns = columns();
        List<List<Object>> rows = new ArrayList<>();
        live.values().forEach(file -> rows.addAll(liveRows(file, columns)));
        return rows;
    }

    /** The rows of a file that its deletion vector leaves. */
    public List<List<Object>> liveRows(RawFile file, List<String> columns) {
        return select(file, columns, deleted(file), false);
    }

    /** The rows of a file at (or not at) the given positions. */
    public List<List<Object>> select(
            RawFile file, List<String> columns, RowPositions positions, boolean at) {
        List<Map<String, Object>> all = read(file);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (positions.contains(i) == at) {
                List<Object> row = new ArrayList<>();
                for (String column : columns) {
                    row.add(
                            file.partitionValues().containsKey(column)
                                    ? file.partitionValues().get(column)
                                    : all.get(i).get(column));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    public RowPositions deleted(RawFile file) {
        return file.deletionVector()
                .map(vector -> DeletionVectors.load(DeltaTable.at(location.toString()), vector))
                .orElseGet(RowPositions::new);
    }

    /** Files never change, so each is read once. */
    private List<Map<String, Object>> read(RawFile file) {
        return files.computeIfAbsent(
                file.path(),
                path -> {
                    URI uri = URI.create(path);
                    return ParquetGroups.read(
                            uri.isAbsolute()
                                    ? Path.of(uri.getPath())
                                    : location.resolve(uri.getPath()));
                });
    }
}
