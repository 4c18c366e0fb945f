package io.millrace.delta.source;

import io.delta.kernel.Table;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.CommitConflictException;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RemovedFile;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.TableDefinition;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.flink.table.types.logical.RowType;

/**
 * A table of (id, name, part), partitioned by part, with commits of every kind and a record of what
 * its change feed and its snapshots must be. Rows are written as {@code (id, name, part)}, changes
 * with {@code +I}, {@code -U}, {@code +U} or {@code -D} before it.
 */
public final class ScriptedTable {

    public static final StructType SCHEMA =
            new StructType()
                    .add("id", LongType.LONG, false)
                    .add("name", StringType.STRING)
                    .add("part", StringType.STRING);

    /** A row; {@code part} may be null. */
    public record Row(long id, String name, String part) {
        @Override
        public String toString() {
            return "(" + id + ", " + name + ", " + part + ")";
        }
    }

    private final Path folder;
    private final DeltaTable table;
    private final ScriptedFiles parquet;
    private final Map<String, Stored> files = new LinkedHashMap<>();
    private final List<List<String>> feed = new ArrayList<>();
    private final List<List<String>> snapshots = new ArrayList<>();

    private List<DataFile> adds = new ArrayList<>();
    private List<RemovedFile> removes = new ArrayList<>();
    private List<ChangeFile> changes = new ArrayList<>();
    private List<String> expected = new ArrayList<>();

    public ScriptedTable(Path folder) {
        this.folder = folder;
        this.parquet = new ScriptedFiles(folder);
        this.table = DeltaTable.at(folder.toString());
        try {
            table.create(
                    new TableDefinition(
                            SCHEMA,
                            List.of("part"),
                            Map.of(
                                    "delta.enableChangeDataFeed", "true",
                                    "delta.enableDeletionVectors", "true")),
                    CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
        } catch (CommitConflictException e) {
            throw new IllegalStateException(e);
        }
        recorded();
    }

    public DeltaTable table() {
        return table;
    }

    public String tableId() {
        return table.snapshot().metadata().id();
    }

    public ReadSpec spec(StartingPosition start) {
        RowType type = DeltaTypes.toRowType(SCHEMA);
        return new ReadSpec("people", table.location(), type, List.of("id"), start);
    }

    /** The spec of a plan that knows some columns by other names. */
    public ReadSpec spec(StartingPosition start, Map<String, String> names) {
        StructType schema = new StructType();
        for (StructField field : SCHEMA.fields()) {
            String name = names.getOrDefault(field.getName(), field.getName());
            schema = schema.add(name, field.getDataType(), field.isNullable());
        }
        RowType type = DeltaTypes.toRowType(schema);
        return new ReadSpec("people", table.location(), type, List.of("id"), start);
    }

    /** Writes a checkpoint of a version. */
    public void checkpoint(long version) {
        try {
            Table.forPath(table.engine(), table.location()).checkpoint(table.engine(), version);
        } catch (CheckpointAlreadyExistsException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public long version() {
        return feed.size() - 1L;
    }

    /** What the change feed must say of a version, in no order. */
    public List<String> feed(long version) {
        return feed.get((int) version);
    }

    /** The rows of a version, in no order. */
    public List<String> snapshot(long version) {
        return snapshots.get((int) version);
    }

    /** One new file for each part, rows in the order given. */
    public ScriptedTable insert(Row... rows) {
        addFiles(List.of(rows), true);
        for (Row row : rows) {
            expected.add("+I" + row);
        }
        return commit();
    }

    /** Deletes rows by deletion vectors. */
    public ScriptedTable deleteByVector(Long... ids) {
        changeVectors(row -> Set.of(ids).contains(row.id()), true);
        return commit();
    }

    /** Takes rows out of the deletion vectors. */
    public ScriptedTable restoreByVector(Long... ids) {
        changeVectors(row -> Set.of(ids).contains(row.id()), false);
        return commit();
    }

    /** Some rows go into the deletion vector of a file, others come out of it, in one commit. */
    public ScriptedTable swapByVector(long goes, long comes) {
        for (Stored stored : List.copyOf(files.values())) {
            RowPositions deleted = stored.deleted().copy();
            for (int i = 0; i < stored.rows().size(); i++) {
                Row row = stored.rows().get(i);
                if (row.id() == goes && !deleted.contains(i)) {
                    deleted.add(i);
                    expected.add("-D" + row);
                } else if (row.id() == comes && deleted.contains(i)) {
                    deleted.remove(i);
                    expected.add("+I" + row);
                }
            }
            replaceVector(stored, deleted);
        }
        return commit();
    }

    public ScriptedTable rename(String name, Long... ids) {
        return update(row -> new Row(row.id(), name, row.part()), ids);
    }

    /** Gives a row another part: its images stand in change files of two partitions. */
    public ScriptedTable move(long id, String part) {
        return update(row -> new Row(row.id(), row.name(), part), id);
    }

    /** Rewrites the files that hold the rows and writes change files. */
    private ScriptedTable update(UnaryOperator<Row> update, Long... ids) {
        for (Stored stored : List.copyOf(files.values())) {
            List<Row> before =
                    stored.live().stream().filter(r -> Set.of(ids).contains(r.id())).toList();
            if (before.isEmpty()) {
                continue;
            }
            remove(stored, true);
            List<Row> rest = new ArrayList<>(stored.live());
            rest.removeAll(before);
            List<Row> after = before.stream().map(update).toList();
            rest.addAll(after);
            addFiles(rest, true);
            Map<String, List<Row>> typed = new LinkedHashMap<>();
            typed.put("update_preimage", before);
            Map<String, String> part = new HashMap<>();
            part.put("part", after.get(0).part());
            if (!part.equals(stored.file().partitionValues())) {
                changes.add(parquet.writeChanges(typed, stored.file().partitionValues()));
                typed.clear();
            }
            typed.put("update_postimage", after);
            changes.add(parquet.writeChanges(typed, part));
            before.forEach(row -> expected.add("-U" + row));
            after.forEach(row -> expected.add("+U" + row));
        }
        return commit();
    }

    /** Removes whole files, those that hold one of the rows. */
    public ScriptedTable removeFilesOf(Long... ids) {
        for (Stored stored : List.copyOf(files.values())) {
            if (stored.live().stream().anyMatch(r -> Set.of(ids).contains(r.id()))) {
                remove(stored, true);
                stored.live().forEach(row -> expected.add("-D" + row));
            }
        }
        return commit();
    }

    /** Rewrites all files without changing a row. */
    public ScriptedTable compact() {
        List<Row> live = files.values().stream().flatMap(s -> s.live().stream()).toList();
        List.copyOf(files.values()).forEach(stored -> remove(stored, false));
        addFiles(live, false);
        return commit();
    }

    public ScriptedTable commitNothing() {
        return commit();
    }

    /** A version that a feed reader must refuse; not counted by {@link #version}. */
    public void switchFeedOff() {
        Path log = folder.resolve("_delta_log");
        try {
            String metadata =
                    Files.readAllLines(log.resolve("%020d.json".formatted(0))).stream()
                            .filter(line -> line.startsWith("{\"metaData\""))
                            .findFirst()
                            .orElseThrow();
            Files.writeString(
                    log.resolve("%020d.json".formatted(version() + 1)),
                    metadata.replace(
                            "\"delta.enableChangeDataFeed\":\"true\"",
                            "\"delta.enableChangeDataFeed\":\"false\""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void changeVectors(Predicate<Row> which, boolean delete) {
        for (Stored stored : List.copyOf(files.values())) {
            RowPositions deleted = stored.deleted().copy();
            for (int i = 0; i < stored.rows().size(); i++) {
                Row row = stored.rows().get(i);
                if (which.test(row) && deleted.contains(i) != delete) {
                    if (delete) {
                        deleted.add(i);
                    } else {
                        deleted.remove(i);
                    }
                    expected.add((delete ? "-D" : "+I") + row);
                }
            }
            replaceVector(stored, deleted);
        }
    }

    private void replaceVector(Stored stored, RowPositions deleted) {
        if (deleted.equals(stored.deleted())) {
            return;
        }
        String path = stored.file().path();
        Optional<DeletionVector> vector =
                deleted.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                DeletionVectors.write(table, Map.of(path, deleted)).get(path));
        remove(stored, true);
        add(new Stored(stored.file().withDeletionVector(vector), stored.rows(), deleted));
    }

    private void addFiles(List<Row> rows, boolean dataChange) {
        Map<String, List<Row>> parts = new LinkedHashMap<>();
        rows.forEach(r -> parts.computeIfAbsent(r.part(), p -> new ArrayList<>()).add(r));
        parts.forEach(
                (part, ofPart) ->
                        add(
                                new Stored(
                                        parquet.writeRows(ofPart, part, dataChange),
                                        ofPart,
                                        new RowPositions())));
    }

    private void add(Stored stored) {
        files.put(stored.file().path(), stored);
        adds.add(stored.file());
    }

    private void remove(Stored stored, boolean dataChange) {
        files.remove(stored.file().path());
        RemovedFile all = stored.file().toRemoved(1);
        removes.add(
                new RemovedFile(
                        all.path(),
                        all.partitionValues(),
                        all.size(),
                        all.deletionTimestamp(),
                        dataChange,
                        all.deletionVector()));
    }

    private ScriptedTable commit() {
        try {
            table.commit(
                    table.snapshot(),
                    new CommitContent(
                            CommitOperation.STREAMING_UPDATE,
                            Optional.empty(),
                            adds,
                            removes,
                            changes,
                            Map.of()));
        } catch (CommitConflictException e) {
            throw new IllegalStateException(e);
        }
        recorded();
        return this;
    }

    private void recorded() {
        feed.add(List.copyOf(expected));
        snapshots.add(
                files.values().stream()
                        .flatMap(s -> s.live().stream())
                        .map(Row::toString)
                        .toList());
        adds = new ArrayList<>();
        removes = new ArrayList<>();
        changes = new ArrayList<>();
        expected = new ArrayList<>();
    }
}
