/**
 * What a table's log says, as tables: its files and its history. Start reading at {@code
 * MetadataTable}.
 */
package io.millrace.delta.source.metadata;
