package io.millrace.delta.commit;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.RemovedFile;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The data files of the version that is committed on, by path. Carried from commit to commit, so
 * that they are listed again only after somebody else has committed, or where they are very many.
 */
final class LiveFiles {

    private static final int MAX_KEPT = 50_000;
    private static final long NOTHING = -1;

    private final Map<String, DataFile> files = new LinkedHashMap<>();
    private long version = NOTHING;

    /** Not to be kept beyond the commit. */
    Map<String, DataFile> of(TableSnapshot base) throws IOException {
        if (base.version() != version) {
            files.clear();
            version = NOTHING;
            try (CloseableIterator<DataFile> all = base.files()) {
                while (all.hasNext()) {
                    DataFile file = all.next();
                    files.put(file.path(), file);
                }
            }
            version = base.version();
        }
        return Collections.unmodifiableMap(files);
    }

    /** Takes in what a commit did to the version before it. */
    void committed(
            long newVersion,
            List<DataFile> adds,
            List<RemovedFile> removes,
            TableMetadata metadata) {
        if (version == NOTHING) {
            return;
        }
        // Kernel gives new files their row ids: only the log has them.
        boolean idsUnknown = !adds.isEmpty() && metadata.tracksRows();
        if (idsUnknown || version != newVersion - 1 || files.size() + adds.size() > MAX_KEPT) {
            files.clear();
            version = NOTHING;
            return;
        }
        removes.forEach(file -> files.remove(file.path()));
        adds.forEach(file -> files.put(file.path(), file));
        version = newVersion;
    }
}
