package io.millrace.tests.harness;

import io.millrace.delta.table.RowPositions;
import io.millrace.tests.harness.RawCommit.RawFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The change feed of a table by the protocol's rules ("Change Data Files"), replayed version by
 * version against the snapshots.
 */
public final class FeedReplay {

    /** One row of a feed. */
    public record Change(String type, List<Object> row) {

        public boolean adds() {
            return switch (type) {
                case "insert", "update_postimage" -> true;
                case "delete", "update_preimage" -> false;
                default -> throw new IllegalStateException("change type " + type);
            };
        }
    }

    private final RawTable table;

    public FeedReplay(RawTable table) {
        this.table = table;
    }

    public List<Change> changes(long version) {
        RawCommit commit = table.commit(version);
        List<String> columns = table.columns();
        List<Change> changes = new ArrayList<>();
        if (!commit.changes().isEmpty()) {
            List<String> withType = new ArrayList<>(columns);
            withType.add("_change_type");
            for (RawFile file : commit.changes()) {
                for (List<Object> row : table.select(file, withType, new RowPositions(), false)) {
                    changes.add(
                            new Change(
                                    (String) row.get(columns.size()),
                                    row.subList(0, columns.size())));
                }
            }
            return changes;
        }
        Map<String, RawFile> adds = new LinkedHashMap<>();
        commit.adds().stream().filter(RawFile::dataChange).forEach(f -> adds.put(f.path(), f));
        for (RawFile removed : commit.removes()) {
            RawFile added = adds.remove(removed.path());
            if (!removed.dataChange()) {
                continue;
            }
            if (added == null) {
                table.liveRows(removed, columns).forEach(r -> changes.add(new Change("delete", r)));
            } else {
                addDifference(removed, added, columns, changes);
            }
        }
        for (RawFile added : adds.values()) {
            table.liveRows(added, columns).forEach(r -> changes.add(new Change("insert", r)));
        }
        return changes;
    }

    private void addDifference(
            RawFile before, RawFile after, List<String> columns, List<Change> changes) {
        RowPositions deleted = table.deleted(after).copy();
        deleted.removeAll(table.deleted(before));
        RowPositions restored = table.deleted(before).copy();
        restored.removeAll(table.deleted(after));
        table.select(before, columns, deleted, true)
                .forEach(row -> changes.add(new Change("delete", row)));
        table.select(before, columns, restored, true)
                .forEach(row -> changes.add(new Change("insert", row)));
    }

    /**
     * What is wrong with the feed: nothing, or the first version where replay and snapshot differ.
     */
    public Optional<String> firstDifference() {
        Map<List<Object>, Integer> state = new HashMap<>();
        for (long version = 0; version <= table.latestVersion(); version++) {
            for (Change change : changes(version)) {
                state.merge(change.row(), change.adds() ? 1 : -1, Integer::sum);
            }
            state.values().removeIf(count -> count == 0);
            Map<List<Object>, Integer> snapshot = new HashMap<>();
            table.rows(version).forEach(row -> snapshot.merge(row, 1, Integer::sum));
            if (!state.equals(snapshot)) {
                return Optional.of(
                        "version "
                                + version
                                + ": the feed gives "
                                + onlyIn(state, snapshot)
                                + ", the snapshot has "
                                + onlyIn(snapshot, state));
            }
        }
        return Optional.empty();
    }

    private static Map<List<Object>, Integer> onlyIn(
            Map<List<Object>, Integer> left, Map<List<Object>, Integer> right) {
        Map<List<Object>, Integer> only = new HashMap<>(left);
        only.entrySet().removeIf(entry -> entry.getValue().equals(right.get(entry.getKey())));
        return only;
    }

    /**
     * The versions that change a key twice, or to what it was before: a commit's feed is to be
     * exactly the difference of two versions.
     */
    public List<String> keysChangedTwice(List<String> key) {
        List<String> found = new ArrayList<>();
        for (long version = 0; version <= table.latestVersion(); version++) {
            found.addAll(keysChangedTwice(key, version));
        }
        return found;
    }

    /** The same of one version. */
    public List<String> keysChangedTwice(List<String> key, long version) {
        List<Integer> places = key.stream().map(table.columns()::indexOf).toList();
        List<String> found = new ArrayList<>();
        Map<String, List<Change>> byKey = new TreeMap<>();
        for (Change change : changes(version)) {
            byKey.computeIfAbsent(
                            places.stream().map(change.row()::get).toList().toString(),
                            k -> new ArrayList<>())
                    .add(change);
        }
        for (Map.Entry<String, List<Change>> entry : byKey.entrySet()) {
            if (!isOneChange(entry.getValue())) {
                found.add(
                        "version %d, key %s: %s"
                                .formatted(version, entry.getKey(), entry.getValue()));
            }
        }
        return found;
    }

    private static boolean isOneChange(List<Change> changes) {
        if (changes.size() == 1) {
            return changes.get(0).type().equals("insert") || changes.get(0).type().equals("delete");
        }
        if (changes.size() != 2 || changes.get(0).row().equals(changes.get(1).row())) {
            return false;
        }
        List<String> types = changes.stream().map(Change::type).sorted().toList();
        return types.equals(List.of("update_postimage", "update_preimage"));
    }
}
