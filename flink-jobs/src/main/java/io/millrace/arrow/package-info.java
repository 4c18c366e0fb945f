/** Rows as Arrow batches, out of queries and into statements, one batch at a time. */
package io.millrace.arrow;
