package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.table.RowPositions;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;

/**
 * Changes of keyed rows on their way into files: gathers them, and on each flush writes what is
 * left of them against the index. Both the operator and {@link TableWrite} write through here. Not
 * thread-safe; after an exception it is not to be used any more.
 */
@Internal
public final class TableChanges implements RowChanges {

    private final TargetIndex target;
    private final NetChanges changes;
    private final FileNaming naming;
    private final boolean onlyWriter;
    private final Optional<PartialRows> partial;
    private final boolean oneRowAKey;
    private boolean flushed;
    private boolean ended;

    /**
     * @param onlyWriter whether a commit holds no changes but those of this writer, which then
     *     knows when a commit needs no change files
     * @param kept columns that the rows say nothing of; none where rows are whole. They need
     *     changes that do not retract
     * @param oneRowAKey whether the input says of each row that goes that it does, so that another
     *     row of a key that we have written before is an error
     */
    public TableChanges(
            TargetIndex target,
            NetChanges changes,
            FileNaming naming,
            boolean onlyWriter,
            Set<String> kept,
            boolean oneRowAKey) {
        this.target = requireNonNull(target, "target is null");
        this.changes = requireNonNull(changes, "changes is null");
        this.naming = requireNonNull(naming, "naming is null");
        this.onlyWriter = onlyWriter;
        this.oneRowAKey = oneRowAKey && changes.isCounted();
        this.partial =
                kept.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new PartialRows(target.rowType(), kept));
    }

    @Override
    public void add(RowData change) throws IOException {
        changes.add(change);
    }

    @Override
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    @Override
    public void discard() throws IOException {
        changes.clear();
    }

    @Override
    public void close() throws IOException {
        changes.close();
        target.close();
    }

    @Override
    public void endInput() {
        ended = true;
    }

    @Override
    public void follow() throws IOException {
        target.follow();
    }

    /** Writes what is left of the changes since the last flush, and lets the index know. */
    @Override
    public WriteResult flush(long checkpointId, int subtask) throws IOException {
        FileLayout layout = target.layout();
        try (NetChangeFlush flush = new NetChangeFlush(target, layout, naming, !ended)) {
            changes.drain(part -> write(part, layout, flush));
            flushed = true;
            return flush.finish(checkpointId, subtask);
        }
    }

    private void write(NetChangeBuffer part, FileLayout layout, NetChangeFlush flush)
            throws IOException {
        for (int key = 0; key < part.keys(); key++) {
            part.check(key);
        }
        long[] places = target.lookups().places(part);
        readPreImages(part, places);
        NetKinds kinds = NetKinds.of(part, places);
        // Of changes that come in parts, no part knows what the others hold.
        boolean writesChanges =
                changes.isSpilled() ? hasFeed(layout) : needsChangeRows(layout, kinds);
        flush.write(part, places, kinds, writesChanges);
    }

    /** Looks up the rows that go, where the input does not tell. */
    private void readPreImages(NetChangeBuffer buffer, long[] places) throws IOException {
        Map<Integer, RowPositions> byFile = new TreeMap<>();
        KeyIndex keyAt = new KeyIndex();
        for (int key = 0; key < buffer.keys(); key++) {
            long place = places[key];
            if (place != KeyIndex.ABSENT && needsPreImage(buffer, key, place)) {
                byFile.computeIfAbsent(KeyIndex.file(place), f -> new RowPositions())
                        .add(KeyIndex.position(place));
                keyAt.put(0, place, key);
            }
        }
        for (Map.Entry<Integer, RowPositions> file : byFile.entrySet()) {
            int number = file.getKey();
            target.readRows(
                    number,
                    file.getValue(),
                    (position, row) -> {
                        int key = (int) keyAt.get(0, KeyIndex.place(number, position));
                        partial.ifPresent(columns -> buffer.complete(key, row, columns));
                        boolean second = isSecond(buffer, key, number);
                        buffer.setPreImage(key, row);
                        // One that is equal comes again, which changes nothing.
                        if (second && buffer.hasPostImage(key)) {
                            throw buffer.secondRow(key);
                        }
                    });
        }
        for (Map.Entry<Integer, RowPositions> file : byFile.entrySet()) {
            file.getValue()
                    .forEach(
                            position ->
                                    buffer.check(
                                            (int)
                                                    keyAt.get(
                                                            0,
                                                            KeyIndex.place(
                                                                    file.getKey(), position))));
        }
    }

    /** What the input says is taken for what is there, but not where others wrote the row. */
    private boolean needsPreImage(NetChangeBuffer buffer, int key, long place) {
        if (!buffer.isCounted()) {
            return true;
        }
        return buffer.hasPreImage(key) ? target.isForeign(place) : buffer.hasPostImage(key);
    }

    /** Whether a row comes for a key whose row we have written, and that one does not go. */
    private boolean isSecond(NetChangeBuffer buffer, int key, int file) {
        return oneRowAKey && !buffer.hasPreImage(key) && !target.isForeign(KeyIndex.place(file, 0));
    }

    /**
     * Whether change rows are to be written. A commit of inserts only, or of deletions by deletion
     * vector only, needs none; but where others write too, only the committer knows what a commit
     * holds. Then change rows are left out in one case only: the first flush into an empty table,
     * which is nothing but inserts for every writer.
     */
    private boolean needsChangeRows(FileLayout layout, NetKinds kinds) {
        if (!hasFeed(layout)) {
            return false;
        }
        if (!onlyWriter) {
            return flushed || !target.foundNothing() || !kinds.onlyInserts();
        }
        boolean vectors =
                "true".equalsIgnoreCase(layout.properties().get(WriteSpec.DELETION_VECTORS));
        return !kinds.onlyInserts() && !(kinds.onlyDeletes() && vectors);
    }

    private static boolean hasFeed(FileLayout layout) {
        return "true".equalsIgnoreCase(layout.properties().get(WriteSpec.CHANGE_FEED));
    }
}
