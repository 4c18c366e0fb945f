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
    private final RowData[] entries;
    private final long[] numbers;

    Node(boolean leaf, RowData[] entries, long[] numbers) {
        this.leaf = leaf;
        this.entries = entries;
        this.numbers = numbers;
    }

    /** Whether the numbers are counts. */
    boolean leaf() {
        return leaf;
    }

    RowData entry(int position) {
        return entries[position];
    }

    long number(int position) {
        return numbers[position];
    }

    static Node of(RowData stored, int fields) {
        ArrayData entries = stored.getArray(1);
        RowData[] rows = new RowData[entries.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = entries.getRow(i, fields);
        }
        return new Node(stored.getBoolean(0), rows, stored.getArray(2).toLongArray());
    }

    RowData stored() {
        return GenericRowData.of(
                leaf, new GenericArrayData(entries), new GenericArrayData(numbers));
    }

    int size() {
        return entries.length;
    }

    /** Position of the entry; {@code -(position where it would stand) - 1} if it is not there. */
    int find(RowData entry, Comparator<RowData> order) {
        return Arrays.binarySearch(entries, entry, order);
    }

    /**
     * Position of the child that holds the entry if anything does. The first child holds all that
     * is smaller than the second one's entry; its own may be larger than what came later.
     */
    int child(RowData entry, Comparator<RowData> order) {
        int found = Arrays.binarySearch(entries, 1, entries.length, entry, order);
        return found >= 0 ? found : -found - 2;
    }

    Node with(int position, long number) {
        long[] changed = numbers.clone();
        changed[position] = number;
        return new Node(leaf, entries, changed);
    }

    Node insert(int position, RowData entry, long number) {
        RowData[] more = new RowData[size() + 1];
        System.arraycopy(entries, 0, more, 0, position);
        more[position] = entry;
        System.arraycopy(entries, position, more, position + 1, size() - position);
        long[] moreNumbers = new long[size() + 1];
        System.arraycopy(numbers, 0, moreNumbers, 0, position);
        moreNumbers[position] = number;
        System.arraycopy(numbers, position, moreNumbers, position + 1, size() - position);
        return new Node(leaf, more, moreNumbers);
    }

    Node remove(int position) {
        RowData[] fewer = new RowData[size() - 1];
        System.arraycopy(entries, 0, fewer, 0, position);
        System.arraycopy(entries, position + 1, fewer, position, fewer.length - position);
        long[] fewerNumbers = new long[size() - 1];
        System.arraycopy(numbers, 0, fewerNumbers, 0, position);
        System.arraycopy(numbers, position + 1, fewerNumbers, position, fewer.length - position);
        return new Node(leaf, fewer, fewerNumbers);
    }

    Node part(int from, int to) {
        return new Node(
                leaf, Arrays.copyOfRange(entries, from, to), Arrays.copyOfRange(numbers, from, to));
    }
}
