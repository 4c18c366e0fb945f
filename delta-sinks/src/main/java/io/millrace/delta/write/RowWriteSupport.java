package io.millrace.delta.write;

import java.util.Map;
import org.apache.flink.table.data.RowData;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** Writes rows of a table, with or without their change type, to Parquet. */
final class RowWriteSupport extends WriteSupport<RowWriteSupport.Change> {

    /** A row, and what happened to it where that is written; reused between rows. */
    static final class Change {
        RowData row;
        Binary changeType;
    }

    private final MessageType schema;
    private final int changeTypeIndex;
    private final RowFieldsWriter fields;
    private RecordConsumer consumer;

    RowWriteSupport(FileLayout layout, boolean withChangeType) {
        this.schema = ParquetSchemas.schemaOf(layout, withChangeType);
        this.changeTypeIndex = withChangeType ? schema.getFieldCount() - 1 : -1;
        this.fields =
                RowFieldsWriter.columns(
                        layout.rowType(), layout.storedColumns(), schema, () -> consumer);
    }

    @Override
    public String getName() {
        return "millrace";
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(schema, Map.of());
    }

    @Override
    @SuppressWarnings("deprecation")
    public WriteContext init(Configuration configuration) {
        return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        this.consumer = recordConsumer;
    }

    @Override
    public void write(Change change) {
        consumer.startMessage();
        fields.write(change.row);
        if (changeTypeIndex >= 0) {
            consumer.startField(ParquetRowWriter.CHANGE_TYPE, changeTypeIndex);
            consumer.addBinary(change.changeType);
            consumer.endField(ParquetRowWriter.CHANGE_TYPE, changeTypeIndex);
        }
        consumer.endMessage();
    }
}
