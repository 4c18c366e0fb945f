package io.millrace.delta.source.reader;

import java.util.List;

/**
 * Rows of one split that were read ahead.
 *
 * @param last whether the split ends with them
 */
record RowBatch(List<SequencedRow> rows, boolean last) {

    RowBatch {
        rows = List.copyOf(rows);
    }
}
