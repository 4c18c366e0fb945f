package io.millrace.delta.table;

/**
 * The file of a commit, as the storage knows it: it never changes while the table lives.
 *
 * @param size in bytes
 * @param modified epoch milliseconds
 */
public record CommitFile(long version, long size, long modified) {}
