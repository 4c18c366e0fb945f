package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.DataFile;

/**
 * A data file that was written but is not part of any version yet.
 *
 * @param file as it will be added; its path is relative to the table, it has no deletion vector
 * @param rows rows in the file
 */
public record StagedFile(DataFile file, long rows) {

    public StagedFile {
        requireNonNull(file, "file is null");
        if (rows < 0) {
            throw new IllegalArgumentException("negative number of rows: " + rows);
        }
    }

    public String path() {
        return file.path();
    }
}
