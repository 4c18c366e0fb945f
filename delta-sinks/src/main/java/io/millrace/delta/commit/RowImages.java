package io.millrace.delta.commit;

import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.types.DeltaTypes;
import io.millrace.delta.write.RowNormalizer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Rows of a table in a form that can be compared: all columns in the order of the table. */
final class RowImages {

    private final RowType rowType;
    private final RowDataSerializer rows;
    private final RowNormalizer normalizer;
    private final RowDataSerializer keys;
    private final RowData.FieldGetter[] keyGetters;
    private final MessageDigest sha256;

    RowImages(TableMetadata metadata, List<String> key) {
        this.rowType = DeltaTypes.toRowType(metadata.schema());
        this.rows = new RowDataSerializer(rowType);
        this.normalizer = RowNormalizer.of(rowType);
        LogicalType[] keyTypes = new LogicalType[key.size()];
        this.keyGetters = new RowData.FieldGetter[key.size()];
        for (int i = 0; i < key.size(); i++) {
            int index = rowType.getFieldIndex(key.get(i));
            keyTypes[i] = rowType.getTypeAt(index);
            keyGetters[i] = RowData.createFieldGetter(keyTypes[i], index);
        }
        this.keys = new RowDataSerializer(keyTypes);
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    RowType rowType() {
        return rowType;
    }

    List<String> columns() {
        return rowType.getFieldNames();
    }

    BinaryRowData key(RowData row) {
        GenericRowData key = new GenericRowData(keyGetters.length);
        for (int i = 0; i < keyGetters.length; i++) {
            key.setField(i, keyGetters[i].getFieldOrNull(row));
        }
        return keys.toBinaryRow(key).copy();
    }

    BinaryRowData image(RowData row) {
        return rows.toBinaryRow(normalizer.normalize(row)).copy();
    }

    /** Stands for the row's content where keeping the content would take too much memory. */
    ByteBuffer digest(RowData row) {
        BinaryRowData image = rows.toBinaryRow(normalizer.normalize(row));
        byte[] bytes = new byte[image.getSizeInBytes()];
        image.getSegments()[0].get(image.getOffset(), bytes);
        return ByteBuffer.wrap(sha256.digest(bytes));
    }
}
