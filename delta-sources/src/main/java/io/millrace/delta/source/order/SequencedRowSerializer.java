package io.millrace.delta.source.order;

import static java.util.Objects.requireNonNull;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;

/**
 * Between reader, sequencer and scans: rows are handed from operator to operator as they are. Where
 * objects are not reused Flink would copy each of them at every step, but these operators are ours:
 * none changes a row that it is given or holds it, but for the sequencer, whose rows come over the
 * network, and the scans make rows of their own.
 */
@Internal
public final class SequencedRowSerializer extends RowDataSerializer {

    private static final long serialVersionUID = 1L;

    private final RowType type;

    /**
     * @param type of the rows, the sequencer's columns among its fields
     */
    public SequencedRowSerializer(RowType type) {
        super(requireNonNull(type, "type is null"));
        this.type = type;
    }

    @Override
    public TypeSerializer<RowData> duplicate() {
        return new SequencedRowSerializer(type);
    }

    @Override
    public RowData copy(RowData from) {
        return from;
    }

    @Override
    public RowData copy(RowData from, RowData reuse) {
        return from;
    }
}
