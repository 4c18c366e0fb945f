/**
 * From changed rows to files: keys, the index of where rows stand, net changes, Parquet files.
 * Start reading at {@link io.millrace.delta.write.TableWrite}.
 */
package io.millrace.delta.write;
