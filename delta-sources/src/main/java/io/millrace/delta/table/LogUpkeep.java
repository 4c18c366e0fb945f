package io.millrace.delta.table;

import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.hook.PostCommitHook;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps a log cheap to read after a commit: the checksum of the version and, at the table's
 * own interval, a checkpoint. A commit is done without them, so their failure does not fail it.
 */
final class LogUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(LogUpkeep.class);

    private LogUpkeep() {}

    static void after(DeltaTable table, TransactionCommitResult commit) {
        for (PostCommitHook hook : commit.getPostCommitHooks()) {
            try {
                hook.threadSafeInvoke(table.engine());
            } catch (IOException | RuntimeException e) {
                LOG.info(
                        "{}: {} of version {} was not written",
                        table.location(),
                        hook.getType(),
                        commit.getVersion(),
                        e);
            }
        }
    }
}
