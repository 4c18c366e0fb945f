package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.PositionedRow;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.scan.FieldPath;
import io.millrace.delta.scan.FilePruner;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

/**
 * Rows of one version with their places in files, for statements that change them there. Takes
 * numbers of files, which any instance can read.
 */
final class PositionedScan extends AbstractStreamOperator<RowData>
        implements OneInputStreamOperator<Long, RowData> {

    private static final long serialVersionUID = 1L;

    private final ReadSpec whole;
    private final long version;
    private final List<String> files;
    private final List<FieldPath> wanted;
    private final List<ScanMetadata> places;

    private transient DeltaTable table;
    private transient TableMetadata metadata;
    private transient Map<String, DataFile> byPath;
    private transient List<String> columns;
    private transient RowData.FieldGetter[] fields;

    private PositionedScan(
            ReadSpec whole,
            long version,
            List<String> files,
            List<FieldPath> wanted,
            List<ScanMetadata> places) {
        this.whole = requireNonNull(whole, "whole is null");
        this.version = version;
        this.files = List.copyOf(files);
        this.wanted = List.copyOf(wanted);
        this.places = List.copyOf(places);
    }

    static DataStream<RowData> rows(
            StreamExecutionEnvironment env,
            DeltaScan scan,
            ScanNeeds needs,
            List<ScanMetadata> metadata,
            RowType type) {
        if (!scan.isSnapshot()) {
            throw new ValidationException(
                    "%s: '%s' and '%s' cannot be read: only the rows of one version, in batch, stand in files. Leave the columns out."
                            .formatted(
                                    scan.dataset(),
                                    RowLevelScan.FILE_PATH,
                                    RowLevelScan.ROW_INDEX));
        }
        List<FieldPath> wanted = needs.paths().stream().map(path -> inTable(scan, path)).toList();
        List<String> files = files(scan, needs);
        PositionedScan operator =
                new PositionedScan(scan.whole(), scan.run().lastVersion(), files, wanted, metadata);
        String name = scan.dataset() + " version " + scan.run().lastVersion();
        return env.fromSequence(0, Math.max(0, files.size() - 1))
                .name("Files: " + name)
                .transform(
                        "Scan: " + name + " " + needs.paths(), InternalTypeInfo.of(type), operator);
    }

    private static FieldPath inTable(DeltaScan scan, FieldPath path) {
        return scan.tableField(path)
                .orElseThrow(
                        () ->
                                new ValidationException(
                                        "%s: cannot change rows: column %s is not read as it stands in the table. Name the table without 'projection' options."
                                                .formatted(scan.dataset(), path)));
    }

    private static List<String> files(DeltaScan scan, ScanNeeds needs) {
        TableSnapshot snapshot = scan.whole().table().snapshot(scan.run().lastVersion());
        FilePruner pruner = new FilePruner(needs.filter(), snapshot.metadata());
        return filesOf(snapshot).values().stream()
                .filter(pruner::keeps)
                .map(DataFile::path)
                .toList();
    }

    private static Map<String, DataFile> filesOf(TableSnapshot snapshot) {
        Map<String, DataFile> files = new LinkedHashMap<>();
        try (CloseableIterator<DataFile> all = snapshot.files()) {
            while (all.hasNext()) {
                DataFile file = all.next();
                files.put(file.path(), file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    @Override
    public void open() throws Exception {
        super.open();
        table = whole.table();
        TableSnapshot snapshot = table.snapshot(version);
        metadata = snapshot.metadata();
        byPath = filesOf(snapshot);
        RowType rows = DeltaTypes.toRowType(metadata.schema());
        columns = wanted.stream().map(FieldPath::column).distinct().toList();
        List<RowType.RowField> read = new ArrayList<>();
        columns.forEach(name -> read.add(rows.getFields().get(rows.getFieldIndex(name))));
        fields =
                wanted.stream()
                        .map(path -> ScanProjection.getter(new RowType(read), path.names()))
                        .toArray(RowData.FieldGetter[]::new);
    }

    @Override
    public void processElement(StreamRecord<Long> number) throws Exception {
        if (number.getValue() >= files.size()) {
            return;
        }
        DataFile file = byPath.get(files.get(Math.toIntExact(number.getValue())));
        RowSelection live =
                RowSelection.except(
                        file.deletionVector().map(vector -> DeletionVectors.load(table, vector)));
        StringData path = StringData.fromString(file.path());
        try (DeltaFileReader rows =
                DeltaFileReader.open(table, metadata, FileToRead.of(file), columns, live)) {
            while (rows.hasNext()) {
                output.collect(new StreamRecord<>(row(rows.next(), path)));
            }
        }
    }

    private RowData row(PositionedRow positioned, StringData path) {
        GenericRowData row = new GenericRowData(fields.length + places.size());
        for (int i = 0; i < fields.length; i++) {
            row.setField(i, fields[i].getFieldOrNull(positioned.row()));
        }
        for (int i = 0; i < places.size(); i++) {
            row.setField(fields.length + i, place(places.get(i), positioned, path));
        }
        return row;
    }

    private Object place(ScanMetadata column, PositionedRow row, StringData path) {
        return switch (column) {
            case FILE_PATH -> path;
            case ROW_INDEX -> row.position();
            case CHANGE_TYPE, COMMIT_VERSION, COMMIT_TIMESTAMP ->
                    throw new ValidationException(
                            "%s: '%s' cannot be read beside places in files. Leave the column out."
                                    .formatted(whole.dataset(), column.key()));
        };
    }
}
