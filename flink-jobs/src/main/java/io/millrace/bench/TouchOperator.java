package io.millrace.bench;

import static java.util.Objects.requireNonNull;

import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Touches every field of every row and passes nothing on. */
public final class TouchOperator extends AbstractStreamOperator<Long>
        implements OneInputStreamOperator<RowData, Long> {

    /** Accumulator: how many rows came. */
    public static final String ROWS = "touched-rows";

    /** Accumulator: the sum of what was touched. */
    public static final String SUM = "touched-sum";

    private static final long serialVersionUID = 1L;

    private final RowType type;

    private transient TouchedRow touched;
    private transient LongCounter rows;
    private transient LongCounter sum;

    public TouchOperator(RowType type) {
        this.type = requireNonNull(type, "type is null");
    }

    @Override
    public void open() throws Exception {
        super.open();
        touched = new TouchedRow(type.getChildren());
        rows = new LongCounter();
        sum = new LongCounter();
        getRuntimeContext().addAccumulator(ROWS, rows);
        getRuntimeContext().addAccumulator(SUM, sum);
    }

    @Override
    public void processElement(StreamRecord<RowData> element) {
        rows.add(1L);
        sum.add(touched.touch(element.getValue()));
    }
}
