package io.millrace.tests.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.tests.scan.ModelLog.LiveFile;
import io.millrace.tests.scan.ModelType.Field;
import io.millrace.tests.scan.ModelType.ListOf;
import io.millrace.tests.scan.ModelType.MapOf;
import io.millrace.tests.scan.ModelType.Primitive;
import io.millrace.tests.scan.ModelType.Struct;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table of random columns that changes at random, and all that its versions hold: what a reader
 * has to give follows from what was written here, and from nothing that reads it.
 */
final class ModelTable {

    /** A row of the change feed. */
    record Change(String type, Map<String, Object> row) {

        boolean adds() {
            return type.equals("insert") || type.equals("update_postimage");
        }
    }

    /**
     * A version: its rows, what its feed says, the rows of files it adds, and whether files leave.
     */
    record Version(
            String what,
            Struct columns,
            List<Map<String, Object>> rows,
            List<Change> feed,
            List<Map<String, Object>> added,
            boolean removes) {

        Version {
            rows = List.copyOf(rows);
            feed = List.copyOf(feed);
            added = List.copyOf(added);
        }
    }

    private final Random random;
    private final ModelLog log;
    private final boolean mapped;
    private final List<Version> versions = new ArrayList<>();
    private final List<LiveFile> live = new ArrayList<>();
    private Struct columns;
    private int ids;
    private long keys;

    ModelTable(Path location, Random random) {
        this.random = random;
        this.mapped = random.nextInt(3) == 0;
        List<Field> fields = new ArrayList<>();
        fields.add(field("id", new Primitive(ModelPrimitive.LONG)));
        for (int i = 2 + random.nextInt(6); i > 0; i--) {
            fields.add(field(randomType(2)));
        }
        Set<String> partitions = new TreeSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            ModelPrimitive kind = primitive();
            if (kind.canPartition()) {
                Field part = field(new Primitive(kind));
                fields.add(1 + random.nextInt(fields.size()), part);
                partitions.add(part.name());
            }
        }
        columns = new Struct(fields);
        log = new ModelLog(location, random, mapped, partitions);
        commit("CREATE " + partitions, log.create(columns, ids), List.of(), List.of(), false);
        for (int i = 3 + random.nextInt(7); i > 0; i--) {
            change();
        }
    }

    List<Version> versions() {
        return Collections.unmodifiableList(versions);
    }

    int newest() {
        return versions.size() - 1;
    }

    Struct columns() {
        return columns;
    }

    /** What was done to the table, a line for each version. */
    String history() {
        StringBuilder text = new StringBuilder(mapped ? "columns mapped by name" : "no mapping");
        for (int i = 0; i < versions.size(); i++) {
            Version version = versions.get(i);
            text.append("\n%d %s: %d rows".formatted(i, version.what(), version.rows().size()));
            version.feed().forEach(c -> text.append("\n    " + c.type() + columns.text(c.row())));
        }
        return text + "\nschema " + columns.json(mapped);
    }

    private Field field(ModelType type) {
        return field("c" + (ids + 1), type);
    }

    private Field field(String name, ModelType type) {
        int id = ++ids;
        return new Field(name, mapped ? "col-" + Integer.toHexString(id * 7919) : name, id, type);
    }

    private ModelPrimitive primitive() {
        ModelPrimitive[] all = ModelPrimitive.values();
        return all[random.nextInt(all.length)];
    }

    private ModelType randomType(int depth) {
        int choice = depth == 0 ? 9 : random.nextInt(10);
        if (choice == 0) {
            return new ListOf(randomType(depth - 1));
        } else if (choice == 1) {
            return new MapOf(randomType(depth - 1));
        } else if (choice < 5) {
            List<Field> fields = new ArrayList<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                fields.add(field(randomType(depth - 1)));
            }
            return new Struct(fields);
        }
        return new Primitive(primitive());
    }

    private void change() {
        switch (random.nextInt(10)) {
            case 0, 1 -> rewrite("APPEND", new IdentityHashMap<>(), rows(1 + random.nextInt(25)));
            case 2, 3 -> rewrite("DELETE", picked(3, false), List.of());
            case 4, 5 -> rewrite("UPDATE", picked(3, true), List.of());
            case 6 -> rewrite("MERGE", picked(4, random.nextBoolean()), rows(random.nextInt(5)));
            case 7 -> rewrite("OVERWRITE", picked(1, false), rows(random.nextInt(12)));
            case 8 -> addColumn();
            default -> compact();
        }
        if (newest() == 1) {
            rewrite("APPEND", new IdentityHashMap<>(), rows(10 + random.nextInt(30)));
        }
    }

    private List<Map<String, Object>> rows(int count) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(keys++));
        }
        return rows;
    }

    private Map<String, Object> row(long key) {
        Map<String, Object> row = columns.row(random);
        row.put("id", key);
        return row;
    }

    /** One of so many rows, each with what is to be in its place: null for nothing. */
    private IdentityHashMap<Map<String, Object>, Map<String, Object>> picked(
            int oneOf, boolean update) {
        IdentityHashMap<Map<String, Object>, Map<String, Object>> picked = new IdentityHashMap<>();
        for (LiveFile file : live) {
            for (Map<String, Object> row : file.liveRows()) {
                if (random.nextInt(oneOf) == 0) {
                    picked.put(row, update ? row((Long) row.get("id")) : null);
                }
            }
        }
        return picked;
    }

    private void rewrite(
            String what,
            IdentityHashMap<Map<String, Object>, Map<String, Object>> changed,
            List<Map<String, Object>> inserted) {
        rewrite(what, new ArrayList<>(), changed, inserted);
    }

    private void rewrite(
            String what,
            List<ObjectNode> actions,
            IdentityHashMap<Map<String, Object>, Map<String, Object>> changed,
            List<Map<String, Object>> inserted) {
        boolean vectors = random.nextBoolean();
        List<Change> told = new ArrayList<>();
        List<Change> inferred = new ArrayList<>();
        List<Map<String, Object>> written = new ArrayList<>(inserted);
        inserted.forEach(row -> told.add(new Change("insert", row)));
        for (LiveFile file : List.copyOf(live)) {
            List<Map<String, Object>> gone =
                    file.liveRows().stream().filter(changed::containsKey).toList();
            if (gone.isEmpty()) {
                continue;
            }
            for (Map<String, Object> row : gone) {
                Map<String, Object> next = changed.get(row);
                told.add(new Change(next == null ? "delete" : "update_preimage", row));
                if (next != null) {
                    told.add(new Change("update_postimage", next));
                    written.add(next);
                }
            }
            live.remove(file);
            actions.add(log.remove(file, true));
            boolean keep = vectors && gone.size() < file.liveRows().size();
            if (keep) {
                LiveFile left = log.without(file, gone);
                live.add(left);
                actions.add(log.add(left, true));
            } else {
                file.liveRows().stream().filter(r -> !changed.containsKey(r)).forEach(written::add);
            }
            (keep ? gone : file.liveRows()).forEach(r -> inferred.add(new Change("delete", r)));
        }
        Collections.shuffle(written, random);
        written.forEach(row -> inferred.add(new Change("insert", row)));
        boolean removes = !changed.isEmpty();
        boolean tell = random.nextInt(removes ? 2 : 8) == 0 && !told.isEmpty();
        for (LiveFile file : log.write(columns, written)) {
            live.add(file);
            actions.add(log.add(file, true));
        }
        if (tell) {
            actions.addAll(log.changes(columns, told));
        }
        String how = what + (vectors ? " with vectors" : "") + (tell ? " with change files" : "");
        commit(how, actions, tell ? told : inferred, written, removes);
    }

    private void compact() {
        List<ObjectNode> actions = new ArrayList<>();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (LiveFile file : List.copyOf(live)) {
            if (random.nextBoolean()) {
                live.remove(file);
                actions.add(log.remove(file, false));
                rows.addAll(file.liveRows());
            }
        }
        for (LiveFile file : log.write(columns, rows)) {
            live.add(file);
            actions.add(log.add(file, false));
        }
        commit("OPTIMIZE", actions, List.of(), List.of(), false);
    }

    /** A column, or a field of the first struct; with rows in the same commit, or alone. */
    private void addColumn() {
        List<Field> fields = new ArrayList<>(columns.fields());
        int place = random.nextInt(fields.size());
        Field old = fields.get(place);
        if (old.type() instanceof Struct struct) {
            List<Field> more = new ArrayList<>(struct.fields());
            more.add(field(randomType(1)));
            fields.set(place, new Field(old.name(), old.physical(), old.id(), new Struct(more)));
        } else {
            fields.add(field(randomType(1)));
        }
        columns = new Struct(fields);
        List<ObjectNode> actions = new ArrayList<>(List.of(log.metadata(columns, ids)));
        rewrite("ADD COLUMN", actions, new IdentityHashMap<>(), rows(random.nextInt(6)));
    }

    private void commit(
            String what,
            List<ObjectNode> actions,
            List<Change> feed,
            List<Map<String, Object>> added,
            boolean removes) {
        List<Map<String, Object>> rows = new ArrayList<>();
        live.forEach(file -> rows.addAll(file.liveRows()));
        log.commit(versions.size(), what, actions);
        versions.add(new Version(what, columns, rows, feed, added, removes));
    }
}
