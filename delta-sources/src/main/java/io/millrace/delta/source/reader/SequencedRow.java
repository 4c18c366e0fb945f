package io.millrace.delta.source.reader;

import org.apache.flink.table.data.RowData;

/**
 * A row as it goes to the sequencer.
 *
 * @param nextPosition index in the file of the row to continue with after this one
 */
record SequencedRow(RowData row, long nextPosition) {}
