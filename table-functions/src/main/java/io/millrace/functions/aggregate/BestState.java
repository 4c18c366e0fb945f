package io.millrace.functions.aggregate;

import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.data.RowData;

/** State of an aggregate that picks one entry: all entries, and the one that is best now. */
public final class BestState {

    public MapView<RowData, Long> counts = new MapView<>();

    /** Null where no entry is there. */
    public RowData best;
}
