package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.row.BinaryFields;
import io.millrace.delta.scan.FieldPath;
import io.millrace.delta.source.ReadMode;
import io.millrace.delta.source.ReadSpecHandle;
import io.millrace.delta.source.SequencedRows;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/** From the rows that all scans of a table share to the columns, and fields, of one of them. */
final class ScanProjection extends AbstractStreamOperator<RowData>
        implements OneInputStreamOperator<RowData, RowData> {

    private static final long serialVersionUID = 1L;

    private final ReadSpecHandle read;
    private final List<FieldPath> wanted;
    private final List<ScanMetadata> metadata;
    private final boolean changelog;

    private transient RowDataSerializer rows;
    private transient Optional<BinaryFields> copied;
    private transient RowData.FieldGetter[] fields;
    private transient StreamRecord<RowData> element;

    ScanProjection(
            ReadSpecHandle read,
            List<FieldPath> wanted,
            List<ScanMetadata> metadata,
            ReadMode mode) {
        this.read = requireNonNull(read, "read is null");
        this.wanted = List.copyOf(wanted);
        this.metadata = List.copyOf(metadata);
        this.changelog = mode == ReadMode.CHANGELOG;
    }

    @Override
    public void open() throws Exception {
        super.open();
        RowType type = read.spec().sequencedType();
        rows = new RowDataSerializer(type);
        copied = copied(type);
        fields =
                wanted.stream()
                        .map(path -> getter(type, path.names()))
                        .toArray(RowData.FieldGetter[]::new);
        element = new StreamRecord<>(null);
    }

    /** Null where a struct on the way is. */
    static RowData.FieldGetter getter(RowType type, List<String> path) {
        int position = type.getFieldIndex(path.get(0));
        LogicalType fieldType = type.getTypeAt(position);
        RowData.FieldGetter field = RowData.createFieldGetter(fieldType, position);
        if (path.size() == 1) {
            return field;
        }
        RowData.FieldGetter inner = getter((RowType) fieldType, path.subList(1, path.size()));
        return row -> {
            RowData struct = (RowData) field.getFieldOrNull(row);
            return struct == null ? null : inner.getFieldOrNull(struct);
        };
    }

    /** Everything but the change type, which is made here, stands in the rows as it goes out. */
    private Optional<BinaryFields> copied(RowType type) {
        if (metadata.contains(ScanMetadata.CHANGE_TYPE)) {
            return Optional.empty();
        }
        int read = type.getFieldCount() - SequencedRows.EXTRA_COLUMNS;
        return Optional.of(
                new BinaryFields(
                        type.getChildren(),
                        Stream.concat(
                                        wanted.stream().map(path -> positions(type, path)),
                                        metadata.stream().map(m -> new int[] {m.position(read)}))
                                .toList()));
    }

    /** A path of names in a row, as positions. */
    static int[] positions(RowType rows, FieldPath path) {
        int[] positions = new int[path.names().size()];
        LogicalType type = rows;
        for (int i = 0; i < positions.length; i++) {
            positions[i] = ((RowType) type).getFieldIndex(path.names().get(i));
            type = ((RowType) type).getTypeAt(positions[i]);
        }
        return positions;
    }

    @Override
    public void processElement(StreamRecord<RowData> record) {
        RowData row = record.getValue();
        RowKind kind = changelog ? row.getRowKind() : RowKind.INSERT;
        output.collect(
                element.replace(
                        copied.isPresent() ? copy(copied.get(), row, kind) : projected(row, kind)));
    }

    private RowData copy(BinaryFields wanted, RowData row, RowKind kind) {
        BinaryRowData copy = wanted.copyOf(rows.toBinaryRow(row));
        copy.setRowKind(kind);
        return copy;
    }

    private RowData projected(RowData row, RowKind kind) {
        GenericRowData projected = new GenericRowData(kind, fields.length + metadata.size());
        for (int i = 0; i < fields.length; i++) {
            projected.setField(i, fields[i].getFieldOrNull(row));
        }
        for (int i = 0; i < metadata.size(); i++) {
            projected.setField(fields.length + i, metadata.get(i).value(row));
        }
        return projected;
    }
}
