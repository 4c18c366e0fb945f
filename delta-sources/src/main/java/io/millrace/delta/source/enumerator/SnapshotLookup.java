package io.millrace.delta.source.enumerator;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.source.changes.PartitionValueLookup;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Looks into the version before the one that removes a file. */
final class SnapshotLookup implements PartitionValueLookup {

    private final DeltaTable table;
    private final Map<String, Map<String, String>> values = new HashMap<>();
    private long lookedInto = -1;

    SnapshotLookup(DeltaTable table) {
        this.table = requireNonNull(table, "table is null");
    }

    @Override
    public Map<String, String> partitionValues(String path, long version) {
        if (lookedInto != version - 1) {
            lookInto(version - 1);
        }
        Map<String, String> found = values.get(path);
        if (found == null) {
            throw new RefusedException(
                    table.location()
                            + ": cannot read the change feed at version "
                            + version
                            + ": it removes "
                            + path
                            + ", which is no file of the version before."
                            + " Rebuild the results (--rebuild) from a snapshot.");
        }
        return found;
    }

    private void lookInto(long version) {
        values.clear();
        try (CloseableIterator<DataFile> files = table.snapshot(version).files()) {
            while (files.hasNext()) {
                DataFile file = files.next();
                values.put(file.path(), file.partitionValues());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lookedInto = version;
    }
}
