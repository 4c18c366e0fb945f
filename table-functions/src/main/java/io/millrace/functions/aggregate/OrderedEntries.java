package io.millrace.functions.aggregate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.DataTypeUtils;

/**
 * The (key, value) entries of a group in their order, each with how often it is there: a B+ tree
 * whose nodes are the values of one map state. A change reads the nodes on one path and writes one
 * or two of at most {@value #CAPACITY} entries, whatever the size of the group, on any state
 * backend. Nodes without entries are removed. A retraction that overtakes its row is owed: the row
 * pays it when it comes.
 */
final class OrderedEntries implements Serializable {

    static final int CAPACITY = 32;

    private static final long serialVersionUID = 1L;
    private static final int FIELDS = 2;

    /** Nodes are at least half full when made, so that no tree of this height can be filled. */
    private static final int HIGHEST = 20;

    private final EntryOrder order;

    OrderedEntries(EntryOrder order) {
        this.order = order;
    }

    /** Adds to how often an entry is there; it may go below zero. */
    void add(BestState state, BinaryRowData entry, long change) throws Exception {
        if (change > 0) {
            long paid = state.owing == 0 ? 0 : pay(state, entry, change);
            if (change > paid) {
                insert(state, entry, change - paid);
            }
        } else {
            long removed = remove(state, entry, -change);
            if (removed < -change) {
                owe(state, entry, -change - removed);
            }
        }
    }

    void addAll(BestState state, BestState other, Multiset form) throws Exception {
        for (Map.Entry<Long, RowData> each : other.nodes.entries()) {
            Node node = Node.of(each.getValue(), FIELDS);
            for (int i = 0; node.leaf() && i < node.size(); i++) {
                add(state, form.entry(node.entry(i)), node.number(i));
            }
        }
        for (Map.Entry<RowData, Long> each : other.owed.entries()) {
            add(state, form.entry(each.getKey()), -each.getValue());
        }
    }

    private static long pay(BestState state, BinaryRowData entry, long change) throws Exception {
        Long owed = state.owed.get(entry);
        if (owed == null) {
            return 0;
        }
        long paid = Math.min(owed, change);
        if (paid == owed) {
            state.owed.remove(entry);
            state.owing--;
        } else {
            state.owed.put(entry, owed - paid);
        }
        return paid;
    }

    private static void owe(BestState state, BinaryRowData entry, long more) throws Exception {
        Long owed = state.owed.get(entry);
        if (owed == null) {
            state.owing++;
        }
        state.owed.put(entry.copy(), (owed == null ? 0 : owed) + more);
    }

    private void insert(BestState state, BinaryRowData entry, long count) throws Exception {
        Path path = path(state, entry);
        if (path == null) {
            RowData own = entry.copy();
            state.root = write(state, new Node(true, new RowData[] {own}, new long[] {count}));
            state.best = own;
            return;
        }
        Node leaf = path.node();
        int found = leaf.find(entry, order);
        if (found >= 0) {
            replace(state, path, leaf.with(found, leaf.number(found) + count));
            return;
        }
        RowData own = entry.copy();
        if (order.compare(own, state.best) < 0) {
            state.best = own;
        }
        grow(state, path, leaf.insert(-found - 1, own, count));
    }

    /** Writes a node that has one entry more than before, in two if it is too large. */
    private static void grow(BestState state, Path path, Node grown) throws Exception {
        Node node = grown;
        while (node.size() > CAPACITY) {
            int middle = node.size() / 2;
            Node left = node.part(0, middle);
            Node right = node.part(middle, node.size());
            replace(state, path, left);
            long rightId = write(state, right);
            if (path.depth == 0) {
                state.root =
                        write(
                                state,
                                new Node(
                                        false,
                                        new RowData[] {left.entry(0), right.entry(0)},
                                        new long[] {path.id(), rightId}));
                return;
            }
            path.depth--;
            node = path.node().insert(path.position() + 1, right.entry(0), rightId);
        }
        replace(state, path, node);
    }

    /** Removes an entry so many times, or as often as it is there; returns how often it was. */
    private long remove(BestState state, BinaryRowData entry, long count) throws Exception {
        Path path = path(state, entry);
        int found = path == null ? -1 : path.node().find(entry, order);
        if (found < 0) {
            return 0;
        }
        Node leaf = path.node();
        long there = leaf.number(found);
        if (there > count) {
            replace(state, path, leaf.with(found, there - count));
            return count;
        }
        shrink(state, path, leaf.remove(found));
        if (order.compare(entry, state.best) == 0) {
            state.best = first(state);
        }
        return there;
    }

    /** Writes a node that has one entry less than before, or removes it if it has none. */
    private static void shrink(BestState state, Path path, Node shrunk) throws Exception {
        Node node = shrunk;
        while (node.size() == 0) {
            state.nodes.remove(path.id());
            if (path.depth == 0) {
                state.root = 0;
                return;
            }
            path.depth--;
            node = path.node().remove(path.position());
        }
        if (path.depth == 0 && !node.leaf() && node.size() == 1) {
            state.nodes.remove(path.id());
            state.root = node.number(0);
        } else {
            replace(state, path, node);
        }
    }

    private static RowData first(BestState state) throws Exception {
        if (state.root == 0) {
            return null;
        }
        Node node = read(state, state.root);
        while (!node.leaf()) {
            node = read(state, node.number(0));
        }
        return node.entry(0);
    }

    /** From the topmost node to the leaf where an entry stands or would; null without nodes. */
    private Path path(BestState state, RowData entry) throws Exception {
        if (state.root == 0) {
            return null;
        }
        Path path = new Path();
        path.add(state.root, read(state, state.root));
        while (!path.node().leaf()) {
            int child = path.node().child(entry, order);
            path.positions[path.depth] = child;
            long id = path.node().number(child);
            path.add(id, read(state, id));
        }
        return path;
    }

    private static Node read(BestState state, long id) throws Exception {
        return Node.of(state.nodes.get(id), FIELDS);
    }

    private static long write(BestState state, Node node) throws Exception {
        state.lastNode++;
        state.nodes.put(state.lastNode, node.stored());
        return state.lastNode;
    }

    private static void replace(BestState state, Path path, Node node) throws Exception {
        state.nodes.put(path.id(), node.stored());
    }

    static DataType nodeType(LogicalType key, LogicalType value) {
        return DataTypeUtils.toInternalDataType(
                new RowType(
                        false,
                        RowType.of(
                                        new BooleanType(false),
                                        new ArrayType(false, RowType.of(false, key, value)),
                                        new ArrayType(false, new BigIntType(false)))
                                .getFields()));
    }

    /** Nodes from the topmost one down, and which child of each was taken. */
    private static final class Path {

        private long[] ids = new long[HIGHEST];
        private Node[] nodes = new Node[HIGHEST];
        private int[] positions = new int[HIGHEST];
        private int depth = -1;

        void add(long id, Node node) {
            depth++;
            if (depth == ids.length) {
                ids = Arrays.copyOf(ids, depth * 2);
                nodes = Arrays.copyOf(nodes, depth * 2);
                positions = Arrays.copyOf(positions, depth * 2);
            }
            ids[depth] = id;
            nodes[depth] = node;
        }

        long id() {
            return ids[depth];
        }

        Node node() {
            return nodes[depth];
        }

        int position() {
            return positions[depth];
        }
    }
}
