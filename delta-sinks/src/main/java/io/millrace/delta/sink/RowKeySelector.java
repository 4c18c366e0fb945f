package io.millrace.delta.sink;

import io.millrace.delta.write.KeyEncoder;
import io.millrace.delta.write.WriteSpec;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.table.data.RowData;

/**
 * Spreads rows over the writers by their primary key: a hash of it, so that rows with equal keys
 * come to one writer and a writer can tell from a row in the table whether it is its own.
 */
@Internal
public final class RowKeySelector implements KeySelector<RowData, Integer> {

    private static final long serialVersionUID = 1L;

    private final WriteSpec spec;
    private transient KeyEncoder encoder;

    public RowKeySelector(WriteSpec spec) {
        this.spec = spec;
    }

    @Override
    public Integer getKey(RowData row) {
        if (encoder == null) {
            encoder = KeyEncoder.of(spec);
        }
        encoder.encode(row);
        return encoder.hash();
    }
}
