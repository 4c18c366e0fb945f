package io.millrace.tests.harness;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.delta.table.RowPositions;
import io.millrace.tests.harness.TableFiles.LiveFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * A table that changes at random, and all its versions as they have to be.
 *
 * <p>Keys are few, so that they change again and again. Each commit picks at random how it changes
 * files (deletion vectors or rewriting whole files) and how the feed says so (change files, or
 * nothing, so that it is inferred from adds and removes). Now and then a commit changes nothing,
 * compacts files, or takes deletion vectors away again.
 */
public final class TableHistory {

    private final TableFiles files;
    private final Path location;
    private final Random random;
    private final int keys;
    private final LongFunction<List<Object>> newRow;

    private final Map<String, LiveFile> live = new LinkedHashMap<>();
    private final List<Map<Long, List<Object>>> versions =
            Collections.synchronizedList(new ArrayList<>());

    /**
     * @param keys how many keys there are, from 0
     * @param newRow makes a random row of a key
     */
    TableHistory(
            Path location,
            TableLayout layout,
            Random random,
            int keys,
            LongFunction<List<Object>> newRow) {
        this.location = requireNonNull(location, "location is null");
        this.files = new TableFiles(location, layout, random);
        this.random = random;
        this.keys = keys;
        this.newRow = requireNonNull(newRow, "newRow is null");
        files.create();
        versions.add(Map.of());
    }

    Path location() {
        return location;
    }

    long version() {
        return versions.size() - 1L;
    }

    /** The rows of a version by their keys; do not change. */
    Map<Long, List<Object>> at(long version) {
        return versions.get((int) version);
    }

    /** Commits a random change. */
    void commit() {
        switch (random.nextInt(20)) {
            case 0 -> publish("NOTHING", List.of(), at(version()));
            case 1 -> compact();
            case 2 -> restore();
            default -> change(randomChange());
        }
    }

    /** Commits exactly these changes; null deletes a key. */
    void change(Map<Long, List<Object>> wanted) {
        Map<Long, List<Object>> before = at(version());
        Map<Long, List<Object>> change = new TreeMap<>(wanted);
        change.entrySet()
                .removeIf(entry -> entry.getValue() == null && !before.containsKey(entry.getKey()));
        Map<Long, List<Object>> after = new TreeMap<>(before);
        List<List<Object>> inserted = new ArrayList<>();
        change.forEach(
                (key, row) -> {
                    if (row == null) {
                        after.remove(key);
                    } else {
                        after.put(key, row);
                        inserted.add(row);
                    }
                });
        List<ObjectNode> actions = new ArrayList<>();
        boolean rewrite = random.nextInt(3) == 0;
        List<List<Object>> written = new ArrayList<>(inserted);
        for (LiveFile file : List.copyOf(live.values())) {
            RowPositions deleted = file.deleted().copy();
            for (int i = 0; i < file.rows().size(); i++) {
                if (change.containsKey((Long) file.rows().get(i).get(0))) {
                    deleted.add(i);
                }
            }
            if (!deleted.equals(file.deleted())) {
                replace(file, deleted, rewrite, actions, written);
            }
        }
        Collections.shuffle(written, random);
        for (LiveFile file : files.writeData(written)) {
            live.put(file.path(), file);
            actions.add(files.add(file, true));
        }
        if (random.nextInt(5) < 3) {
            actions.addAll(files.writeChanges(changeRows(before, change)));
        }
        Collections.shuffle(actions, random);
        publish(rewrite ? "MERGE" : "UPDATE", actions, after);
    }

    private void replace(
            LiveFile file,
            RowPositions deleted,
            boolean rewrite,
            List<ObjectNode> actions,
            List<List<Object>> written) {
        live.remove(file.path());
        actions.add(files.remove(file, true));
        LiveFile left = files.withDeleted(file, deleted);
        if (rewrite) {
            written.addAll(left.liveRows());
        } else if (!left.isEmpty()) {
            live.put(file.path(), left);
            actions.add(files.add(left, true));
        }
    }

    private List<List<Object>> changeRows(
            Map<Long, List<Object>> before, Map<Long, List<Object>> change) {
        List<List<Object>> rows = new ArrayList<>();
        change.forEach(
                (key, row) -> {
                    List<Object> old = before.get(key);
                    boolean update = old != null && row != null && random.nextInt(4) > 0;
                    if (old != null) {
                        rows.add(with(old, update ? "update_preimage" : "delete"));
                    }
                    if (row != null) {
                        rows.add(with(row, update ? "update_postimage" : "insert"));
                    }
                });
        Collections.shuffle(rows, random);
        return rows;
    }

    private static List<Object> with(List<Object> row, String changeType) {
        List<Object> all = new ArrayList<>(row);
        all.add(changeType);
        return all;
    }

    private Map<Long, List<Object>> randomChange() {
        Map<Long, List<Object>> change = new HashMap<>();
        int flavour = random.nextInt(6);
        int count = 1 + random.nextInt(Math.max(2, keys / 2));
        for (int i = 0; i < count; i++) {
            long key = random.nextInt(keys);
            boolean lives = at(version()).containsKey(key);
            if (flavour == 0 && lives) {
                continue; // inserts only
            }
            boolean delete = flavour == 1 || (flavour > 1 && random.nextInt(3) == 0);
            change.put(key, delete ? null : newRow.apply(key));
        }
        return change;
    }

    /** Rewrites some files into new ones without changing a row (as OPTIMIZE does). */
    private void compact() {
        List<ObjectNode> actions = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        for (LiveFile file : List.copyOf(live.values())) {
            if (random.nextBoolean()) {
                live.remove(file.path());
                actions.add(files.remove(file, false));
                rows.addAll(file.liveRows());
            }
        }
        for (LiveFile file : files.writeData(rows)) {
            live.put(file.path(), file);
            actions.add(files.add(file, false));
        }
        publish("OPTIMIZE", actions, at(version()));
    }

    /**
     * Takes back deletions of a file whose keys are free, so that a feed has inserts by position.
     */
    private void restore() {
        List<ObjectNode> actions = new ArrayList<>();
        Map<Long, List<Object>> after = new TreeMap<>(at(version()));
        for (LiveFile file : List.copyOf(live.values())) {
            RowPositions deleted = file.deleted().copy();
            file.deleted()
                    .forEach(
                            position -> {
                                List<Object> row = file.rows().get((int) position);
                                if (after.putIfAbsent((Long) row.get(0), row) == null) {
                                    deleted.remove(position);
                                }
                            });
            if (!deleted.equals(file.deleted())) {
                LiveFile restored = files.withDeleted(file, deleted);
                live.put(file.path(), restored);
                actions.add(files.remove(file, true));
                actions.add(files.add(restored, true));
            }
        }
        publish("RESTORE", actions, after);
    }

    /** The oracle knows a version before anybody can see it. */
    private void publish(
            String operation, List<ObjectNode> actions, Map<Long, List<Object>> after) {
        long version = version() + 1;
        versions.add(Collections.unmodifiableMap(new TreeMap<>(after)));
        files.commit(version, operation, actions);
    }
}
