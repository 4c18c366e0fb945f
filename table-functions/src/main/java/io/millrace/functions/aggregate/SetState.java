package io.millrace.functions.aggregate;

import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.data.RowData;

/** State of an aggregate over distinct values: how often each of them is there. */
public final class SetState {

    public MapView<RowData, Long> counts = new MapView<>();
}
