/**
 * Encodes rows into Parquet files: values go straight into the bytes of a page, column by column,
 * and parquet-mr lays out the pages. Start reading at {@link
 * io.millrace.delta.write.page.RowFileWriter}.
 */
package io.millrace.delta.write.page;
