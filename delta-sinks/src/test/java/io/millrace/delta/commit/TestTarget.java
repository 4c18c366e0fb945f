package io.millrace.delta.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.PositionedRow;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RemovedFile;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.table.TableDefinition;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.types.DeltaTypes;
import io.millrace.delta.write.FileLayout;
import io.millrace.delta.write.FileNaming;
import io.millrace.delta.write.ParquetRowWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/** A table (id, name, region) with key id, what others do to it, and its feed as the oracle. */
final class TestTarget {

    static final StructType SCHEMA =
            new StructType()
                    .add("id", LongType.LONG, false)
                    .add("name", StringType.STRING)
                    .add("region", StringType.STRING);
    static final List<String> COLUMNS = List.of("id", "name", "region");
    static final String SINK = "pipeline/target";

    /** A row's place: path in the log and position. */
    record Place(String path, long position) {}

    final DeltaTable table;
    final TableDefinition definition;
    private final FileNaming naming = FileNaming.forSink("test");

    TestTarget(Path folder, Map<String, String> properties, List<String> partitionColumns) {
        this.table = DeltaTable.at(folder.resolve("target").toString());
        Map<String, String> all = new HashMap<>();
        all.put("delta.enableChangeDataFeed", "true");
        all.put("delta.enableDeletionVectors", "true");
        all.put(TableMetadata.KEY_PROPERTY, "id");
        all.putAll(properties);
        this.definition = new TableDefinition(SCHEMA, partitionColumns, all);
    }

    TestTarget(Path folder) {
        this(folder, Map.of(), List.of());
    }

    DeltaCommitter committer() {
        return new DeltaCommitter(
                table,
                definition,
                new CommitFacts(SINK, Map.of(CommitParameters.PIPELINE, "pipeline")));
    }

    /** A committer that does something else with the rows that are there. */
    DeltaCommitter committer(CommitKind kind) {
        return new DeltaCommitter(
                table, definition, new CommitFacts("statement/target", Map.of()), kind);
    }

    static GenericRowData row(long id, String name) {
        return GenericRowData.of(
                id,
                StringData.fromString(name),
                StringData.fromString(id % 2 == 0 ? "even" : "odd"));
    }

    private FileLayout layout() {
        return new FileLayout(
                table.location(),
                StorageOptions.NONE,
                SCHEMA,
                DeltaTypes.toRowType(SCHEMA),
                definition.partitionColumns(),
                List.of("id"),
                definition.properties());
    }

    ParquetRowWriter dataWriter() {
        return ParquetRowWriter.dataFiles(layout(), naming);
    }

    ParquetRowWriter changeWriter() {
        return ParquetRowWriter.changeFiles(layout(), naming);
    }

    List<StagedFile> stage(RowData... rows) throws IOException {
        try (ParquetRowWriter out = dataWriter()) {
            for (RowData row : rows) {
                out.write(row);
            }
            return out.finish().stream().map(f -> f.toStagedFile(1)).toList();
        }
    }

    /** A commit that is not ours. */
    long foreignCommit(List<DataFile> adds, List<RemovedFile> removes) throws Exception {
        return table.commit(
                table.snapshot(),
                new CommitContent(
                        CommitOperation.WRITE,
                        Optional.empty(),
                        adds,
                        removes,
                        List.of(),
                        Map.of()));
    }

    long foreignAppend(RowData... rows) throws Exception {
        return foreignCommit(stage(rows).stream().map(StagedFile::file).toList(), List.of());
    }

    /** Deletes rows by deletion vectors. */
    long foreignDelete(long... ids) throws Exception {
        Map<String, RowPositions> deleted = new LinkedHashMap<>();
        for (long id : ids) {
            Place place = places().get(id);
            deleted.computeIfAbsent(place.path(), p -> new RowPositions()).add(place.position());
        }
        Map<String, DataFile> files = files(table.snapshot());
        for (Map.Entry<String, RowPositions> entry : deleted.entrySet()) {
            entry.getValue().addAll(deletedIn(files.get(entry.getKey())));
        }
        Map<String, DeletionVector> vectors = DeletionVectors.write(table, deleted);
        List<DataFile> adds = new ArrayList<>();
        List<RemovedFile> removes = new ArrayList<>();
        vectors.forEach(
                (path, vector) -> {
                    removes.add(files.get(path).toRemoved(1));
                    adds.add(
                            withDataChange(files.get(path), true)
                                    .withDeletionVector(Optional.of(vector)));
                });
        return foreignCommit(adds, removes);
    }

    /** Writes all rows into new files, as OPTIMIZE does. */
    long foreignCompaction() throws Exception {
        List<RowData> rows = new ArrayList<>();
        List<RemovedFile> removes = new ArrayList<>();
        for (DataFile file : files(table.snapshot()).values()) {
            forEachRow(file, row -> rows.add(row.row()));
            RemovedFile r = file.toRemoved(1);
            removes.add(
                    new RemovedFile(
                            r.path(), r.partitionValues(), r.size(), 1, false, r.deletionVector()));
        }
        List<DataFile> adds =
                stage(rows.toArray(RowData[]::new)).stream()
                        .map(StagedFile::file)
                        .map(file -> withDataChange(file, false))
                        .toList();
        return foreignCommit(adds, removes);
    }

    private static DataFile withDataChange(DataFile f, boolean dataChange) {
        return new DataFile(
                f.path(),
                f.partitionValues(),
                f.size(),
                f.modificationTime(),
                dataChange,
                f.deletionVector(),
                f.stats(),
                f.tags());
    }

    Map<String, DataFile> files(TableSnapshot snapshot) throws IOException {
        Map<String, DataFile> files = new LinkedHashMap<>();
        try (CloseableIterator<DataFile> all = snapshot.files()) {
            while (all.hasNext()) {
                DataFile file = all.next();
                assertThat(files.put(file.path(), file)).isNull();
            }
        }
        return files;
    }

    RowPositions deletedIn(DataFile file) {
        return file.deletionVector()
                .map(v -> DeletionVectors.load(table, v))
                .orElseGet(RowPositions::new);
    }

    RowPositions deletedIn(RemovedFile file) {
        return file.deletionVector()
                .map(v -> DeletionVectors.load(table, v))
                .orElseGet(RowPositions::new);
    }

    interface RowConsumer {
        void accept(PositionedRow row);
    }

    private void forEachRow(DataFile file, RowConsumer consumer) throws IOException {
        read(
                FileToRead.of(file),
                COLUMNS,
                RowSelection.except(Optional.of(deletedIn(file))),
                consumer);
    }

    void read(FileToRead file, List<String> columns, RowSelection selection, RowConsumer consumer)
            throws IOException {
        try (DeltaFileReader rows =
                DeltaFileReader.open(
                        table, table.snapshot().metadata(), file, columns, selection)) {
            rows.forEachRemaining(consumer::accept);
        }
    }

    /** Where each key stands in the newest version. */
    Map<Long, Place> places() throws IOException {
        Map<Long, Place> places = new TreeMap<>();
        for (DataFile file : files(table.snapshot()).values()) {
            forEachRow(
                    file,
                    row ->
                            assertThat(
                                            places.put(
                                                    row.row().getLong(0),
                                                    new Place(file.path(), row.position())))
                                    .as("key twice")
                                    .isNull());
        }
        return places;
    }

    /** id to name, in one version. */
    Map<Long, String> rows(long version) throws IOException {
        Map<Long, String> result = new TreeMap<>();
        for (DataFile file : files(table.snapshot(version)).values()) {
            forEachRow(
                    file,
                    row ->
                            assertThat(
                                            result.put(
                                                    row.row().getLong(0),
                                                    row.row().getString(1).toString()))
                                    .as("key %d twice in version %d", row.row().getLong(0), version)
                                    .isNull());
        }
        return result;
    }

    Map<Long, String> rows() throws IOException {
        return rows(table.snapshot().version());
    }

    /** The change rows of a version as text, sorted, for example {@code insert 1 a}. */
    List<String> feed(long version) throws IOException {
        return new TableFeed(this).changes(version);
    }

    /** At every version the feed is the difference to the version before, a key changing once. */
    void assertFeedIsTheDifferenceOfVersions() throws IOException {
        new TableFeed(this).assertIsTheDifferenceOfVersions();
    }
}
