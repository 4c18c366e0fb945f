package io.millrace.functions.aggregate;

import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.data.RowData;

/**
 * State of an aggregate that picks one entry: all entries in order, as a tree of small nodes, and
 * the one that is best now. Its fields are in checkpoints.
 */
public final class BestState {

    /** Nodes of the tree by number, see {@link OrderedEntries}. */
    public MapView<Long, RowData> nodes = new MapView<>();

    /** How often an entry went before it came. */
    public MapView<RowData, Long> owed = new MapView<>();

    /** Null where no entry is there. */
    public RowData best;

    /** Number of the topmost node; 0 where there is none. */
    public long root;

    /** The largest number given to a node. */
    public long lastNode;

    /** How many entries are owed. */
    public long owing;
}
