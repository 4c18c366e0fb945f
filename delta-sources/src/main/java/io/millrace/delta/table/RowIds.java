package io.millrace.delta.table;

/**
 * What row tracking knows the rows of a file by (Delta protocol, "Row Tracking").
 *
 * @param base id of the first row; the others count on from it
 * @param commitVersion version that the file came with
 */
public record RowIds(long base, long commitVersion) {}
