/**
 * Delta tables as sources of the connector {@code delta}: options, checks against the table, and
 * the one stream that all scans of a table in a job share. Start reading at {@code SharedStream}.
 */
package io.millrace.delta.source.sql;
