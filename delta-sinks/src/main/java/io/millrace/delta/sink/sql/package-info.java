/** The sink in SQL: connector {@code delta} as the target of INSERT. */
package io.millrace.delta.sink.sql;
