package io.millrace.delta.parquet;

import java.util.Optional;

/**
 * One data page of a column, decompressed.
 *
 * @param levels number of levels, which in a column without repetition is the number of rows
 * @param firstRow in the row group, where the file has an index of pages
 * @param repetition empty where nothing repeats
 * @param definition empty where nothing is optional
 * @param values those that are present
 */
record Page(
        int levels,
        Optional<Long> firstRow,
        Optional<LevelReader> repetition,
        Optional<LevelReader> definition,
        ValueDecoder values) {}
