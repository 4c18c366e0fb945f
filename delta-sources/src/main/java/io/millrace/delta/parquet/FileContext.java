package io.millrace.delta.parquet;

import io.millrace.delta.table.RefusedException;

/**
 * What errors name.
 *
 * @param table location
 * @param path of the file, as it stands in the log
 */
record FileContext(String table, String path) {

    RefusedException refused(String column, String there, String wanted) {
        return new RefusedException(
                table
                        + ": cannot read column "
                        + column
                        + " of "
                        + path
                        + ": the file has "
                        + there
                        + ", the table says "
                        + wanted
                        + ". Find out what wrote the file, and write it again.");
    }

    RefusedException damaged(String what, Throwable cause) {
        return new RefusedException(
                table
                        + ": cannot read "
                        + what
                        + path
                        + ": "
                        + cause.getMessage()
                        + ". The file is damaged or not a Parquet file; restore it, or take it out of"
                        + " the table.",
                cause);
    }
}
