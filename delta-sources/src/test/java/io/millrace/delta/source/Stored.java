package io.millrace.delta.source;

import io.millrace.delta.source.ScriptedTable.Row;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.RowPositions;
import java.util.ArrayList;
import java.util.List;

/** A data file of a {@link ScriptedTable}, its rows, and which of them are deleted. */
record Stored(DataFile file, List<Row> rows, RowPositions deleted) {
    List<Row> live() {
        List<Row> live = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (!deleted.contains(i)) {
                live.add(rows.get(i));
            }
        }
        return live;
    }
}
