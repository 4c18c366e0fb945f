package io.millrace.delta.source.metadata;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.table.data.RowData;

/** Emits the rows of a metadata table one by one as they are read from the log. */
final class MetadataReader implements SourceReader<RowData, MetadataSplit> {

    private final SourceReaderContext context;
    private final Supplier<CloseableIterator<RowData>> table;
    private final CompletableFuture<Void> told = new CompletableFuture<>();

    private Optional<MetadataSplit> split = Optional.empty();
    private Optional<CloseableIterator<RowData>> rows = Optional.empty();
    private boolean noMoreSplits;

    MetadataReader(SourceReaderContext context, Supplier<CloseableIterator<RowData>> table) {
        this.context = requireNonNull(context, "context is null");
        this.table = requireNonNull(table, "table is null");
    }

    @Override
    public void start() {
        if (split.isEmpty()) {
            context.sendSplitRequest();
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<RowData> output) throws IOException {
        if (split.isEmpty()) {
            return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        if (rows.isEmpty()) {
            rows = Optional.of(table.get());
            for (long skipped = 0; skipped < split.get().position(); skipped++) {
                rows.get().next();
            }
        }
        if (!rows.get().hasNext()) {
            close();
            split = Optional.empty();
            noMoreSplits = true;
            return InputStatus.END_OF_INPUT;
        }
        output.collect(rows.get().next());
        split = split.map(before -> new MetadataSplit(before.position() + 1));
        return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return told;
    }

    @Override
    public void addSplits(List<MetadataSplit> splits) {
        splits.forEach(added -> split = Optional.of(added));
        told.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        told.complete(null);
    }

    @Override
    public List<MetadataSplit> snapshotState(long checkpointId) {
        return split.stream().toList();
    }

    @Override
    public void close() throws IOException {
        if (rows.isPresent()) {
            rows.get().close();
            rows = Optional.empty();
        }
    }
}
