package io.millrace.delta.table;

import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.commit.CommitMetadata;
import io.delta.kernel.commit.CommitResponse;
import io.delta.kernel.commit.Committer;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.CommitInfo;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.RemoveFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.commit.DefaultFileSystemManagedTableOnlyCommitter;
import io.delta.kernel.internal.data.DelegateRow;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes the actions of a transaction with what Kernel has no way to say: removes that change data,
 * beside adds, in a table with a change feed (Kernel refuses them together), and parameters of the
 * operation.
 *
 * <p>The transaction is given such removes with {@code dataChange = false}. Everything else that
 * Kernel does for a commit stays: transaction ids, conflict detection, in-commit timestamps,
 * checksums.
 */
final class RecordingCommitter implements Committer {

    private final Committer delegate = DefaultFileSystemManagedTableOnlyCommitter.INSTANCE;
    private boolean removesChangeData;
    private Map<String, String> parameters = Map.of();
    private String description = "";

    /** Says what the next commit is; a snapshot keeps its committer for all commits on it. */
    void record(CommitContent content) {
        removesChangeData = content.removes().stream().anyMatch(RemovedFile::dataChange);
        parameters = content.parameters();
    }

    /** What the table that the next commit makes is, in words: Kernel makes tables without. */
    void describe(String text) {
        description = text;
    }

    @Override
    public CommitResponse commit(
            Engine engine, CloseableIterator<Row> actions, CommitMetadata metadata)
            throws CommitFailedException {
        reach(FaultPoint.LOG_FILE);
        CommitResponse response = delegate.commit(engine, actions.map(this::completed), metadata);
        reach(FaultPoint.LOG_FILE_WRITTEN);
        return response;
    }

    /** A fault looks to Kernel as one of the storage does. */
    private static void reach(FaultPoint point) throws CommitFailedException {
        try {
            point.reached();
        } catch (IOException e) {
            throw new CommitFailedException(true, false, e.getMessage(), e);
        }
    }

    private Row completed(Row line) {
        if (removesChangeData && !line.isNullAt(SingleAction.REMOVE_FILE_ORDINAL)) {
            Row remove = line.getStruct(SingleAction.REMOVE_FILE_ORDINAL);
            int dataChange = RemoveFile.FULL_SCHEMA.indexOf("dataChange");
            return new DelegateRow(
                    line,
                    Map.of(
                            SingleAction.REMOVE_FILE_ORDINAL,
                            new DelegateRow(remove, Map.of(dataChange, true))));
        }
        int metadata = SingleAction.FULL_SCHEMA.indexOf("metaData");
        if (!description.isEmpty() && !line.isNullAt(metadata)) {
            int ordinal = Metadata.FULL_SCHEMA.indexOf("description");
            return new DelegateRow(
                    line,
                    Map.of(
                            metadata,
                            new DelegateRow(
                                    line.getStruct(metadata), Map.of(ordinal, description))));
        }
        if (!parameters.isEmpty() && !line.isNullAt(SingleAction.COMMIT_INFO_ORDINAL)) {
            return withParameters(line);
        }
        return line;
    }

    private Row withParameters(Row line) {
        Row info = line.getStruct(SingleAction.COMMIT_INFO_ORDINAL);
        int ordinal = CommitInfo.FULL_SCHEMA.indexOf("operationParameters");
        Map<String, String> all = new HashMap<>();
        if (!info.isNullAt(ordinal)) {
            all.putAll(VectorUtils.<String, String>toJavaMap(info.getMap(ordinal)));
        }
        all.putAll(parameters);
        Row extended =
                new DelegateRow(info, Map.of(ordinal, VectorUtils.stringStringMapValue(all)));
        return new DelegateRow(line, Map.of(SingleAction.COMMIT_INFO_ORDINAL, extended));
    }
}
