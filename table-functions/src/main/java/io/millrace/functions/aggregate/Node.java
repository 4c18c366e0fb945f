package io.millrace.functions.aggregate;

import java.util.Arrays;
import java.util.Comparator;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/**
 * A node of {@link OrderedEntries}: entries in order, and beside each a number: how often it is
 * there in a leaf, the child that starts with it in an inner node. Never changed in place, because
 * a state backend may be writing it to a checkpoint.
 */
final class Node {

    private final boolean leaf;

    /** Rows; those that were not asked for yet are null where there is a source. */
    private final Object[] entries;

    private final long[] numbers;
    private final ArrayData source;
    private final int fields;

    Node(boolean leaf, RowData[] entries, long[] numbers) {
        this(leaf, entries, numbers, null, 0);
    }

    private Node(boolean leaf, Object[] entries, long[] numbers, ArrayData source, int fields) {
        this.leaf = leaf;
        this.entries = entries;
        this.numbers = numbers;
        this.source = source;
        this.fields = fields;
    }

    /** Whether the numbers are counts. */
    boolean leaf() {
        return leaf;
    }

    RowData entry(int position) {
        if (entries[position] == null) {
            entries[position] = source.getRow(position, fields);
        }
        return (RowData) entries[position];
    }

    long number(int position) {
        return numbers[position];
    }

    /** Touches no entry: the search that follows looks at a few of them. */
    static Node of(RowData stored, int fields) {
        ArrayData entries = stored.getArray(1);
        long[] numbers = stored.getArray(2).toLongArray();
        return entries instanceof GenericArrayData rows
                ? new Node(stored.getBoolean(0), rows.toObjectArray(), numbers, null, fields)
                : new Node(
                        stored.getBoolean(0), new Object[entries.size()], numbers, entries, fields);
    }

    RowData stored() {
        return GenericRowData.of(
                leaf,
                source == null ? new GenericArrayData(entries) : source,
                new GenericArrayData(numbers));
    }

    int size() {
        return entries.length;
    }

    /** The entries, all of them there. */
    private Object[] all() {
        for (int i = 0; source != null && i < entries.length; i++) {
            entry(i);
        }
        return entries;
    }

    private Node of(Object[] changed, long[] changedNumbers) {
        return new Node(leaf, changed, changedNumbers, null, fields);
    }

    private int search(int from, RowData entry, Comparator<RowData> order) {
        int low = from;
        int high = entries.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int compared = order.compare(entry(middle), entry);
            if (compared == 0) {
                return middle;
            }
            if (compared < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /** Position of the entry; {@code -(position where it would stand) - 1} if it is not there. */
    int find(RowData entry, Comparator<RowData> order) {
        return search(0, entry, order);
    }

    /**
     * Position of the child that holds the entry if anything does. The first child holds all that
     * is smaller than the second one's entry; its own may be larger than what came later.
     */
    int child(RowData entry, Comparator<RowData> order) {
        int found = search(1, entry, order);
        return found >= 0 ? found : -found - 2;
    }

    Node with(int position, long number) {
        long[] changed = numbers.clone();
        changed[position] = number;
        return new Node(leaf, entries, changed, source, fields);
    }

    Node insert(int position, RowData entry, long number) {
        Object[] more = new Object[size() + 1];
        System.arraycopy(all(), 0, more, 0, position);
        more[position] = entry;
        System.arraycopy(entries, position, more, position + 1, size() - position);
        long[] moreNumbers = new long[size() + 1];
        System.arraycopy(numbers, 0, moreNumbers, 0, position);
        moreNumbers[position] = number;
        System.arraycopy(numbers, position, moreNumbers, position + 1, size() - position);
        return of(more, moreNumbers);
    }

    Node remove(int position) {
        Object[] fewer = new Object[size() - 1];
        System.arraycopy(all(), 0, fewer, 0, position);
        System.arraycopy(entries, position + 1, fewer, position, fewer.length - position);
        long[] fewerNumbers = new long[size() - 1];
        System.arraycopy(numbers, 0, fewerNumbers, 0, position);
        System.arraycopy(numbers, position + 1, fewerNumbers, position, fewer.length - position);
        return of(fewer, fewerNumbers);
    }

    Node part(int from, int to) {
        return of(Arrays.copyOfRange(all(), from, to), Arrays.copyOfRange(numbers, from, to));
    }
}
