package io.millrace.delta.parquet;

import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.GenericRowData;

/**
 * A row and where it stands in its file.
 *
 * @param row of the reader's columns; belongs to the caller
 * @param position index of the row in the file, deleted rows counted
 */
@Internal
public record PositionedRow(GenericRowData row, long position) {}
