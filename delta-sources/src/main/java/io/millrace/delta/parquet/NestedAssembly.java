package io.millrace.delta.parquet;

import io.millrace.delta.parquet.vector.ListShape;
import io.millrace.delta.parquet.vector.StructVector;

/** Finds nulls, beginnings and lengths of nested values in the levels of a leaf inside of them. */
final class NestedAssembly {

    private NestedAssembly() {}

    static void structs(LeafReader shape, Place place, StructVector vector) {
        int count = shape.levelCount();
        int[] definition = shape.definition();
        int there = place.definition();
        vector.ensureCapacity(count);
        boolean[] nulls = vector.nulls();
        boolean anyNull = false;
        if (shape.column().getMaxRepetitionLevel() == 0) {
            for (int i = 0; i < count; i++) {
                boolean isNull = definition[i] < there;
                nulls[i] = isNull;
                anyNull |= isNull;
            }
        } else {
            int[] repetition = shape.repetition();
            int slot = 0;
            for (int i = 0; i < count; i++) {
                if (repetition[i] <= place.repetition()
                        && definition[i] >= place.slotDefinition()) {
                    boolean isNull = definition[i] < there;
                    nulls[slot++] = isNull;
                    anyNull |= isNull;
                }
            }
        }
        if (anyNull) {
            vector.markNulls();
        }
    }

    static void lists(LeafReader shape, Place place, ListShape vector) {
        int count = shape.levelCount();
        vector.ensureCapacity(count);
        if (place.repetition() == 0
                && place.slotDefinition() == 0
                && shape.column().getMaxRepetitionLevel() == 1) {
            flatLists(shape, place.definition(), vector);
        } else {
            nestedLists(shape, place, vector);
        }
    }

    /** Lists that are neither in lists nor of lists: each level is an element or an empty list. */
    private static void flatLists(LeafReader shape, int there, ListShape vector) {
        int count = shape.levelCount();
        int[] repetition = shape.repetition();
        int[] definition = shape.definition();
        int[] starts = vector.starts();
        int[] lengths = vector.lengths();
        int slot = -1;
        int elements = 0;
        int lowest = there;
        // Without branches: how long lists are cannot be foreseen.
        for (int i = 0; i < count; i++) {
            slot += 1 - repetition[i];
            elements += definition[i] > there ? 1 : 0;
            lengths[slot] = elements;
            lowest = Math.min(lowest, definition[i]);
        }
        int start = 0;
        for (int i = 0; i <= slot; i++) {
            int end = lengths[i];
            starts[i] = start;
            lengths[i] = end - start;
            start = end;
        }
        if (lowest < there) {
            int list = -1;
            for (int i = 0; i < count; i++) {
                list += 1 - repetition[i];
                if (definition[i] < there) {
                    vector.setNull(list);
                }
            }
        }
    }

    private static void nestedLists(LeafReader shape, Place place, ListShape vector) {
        int count = shape.levelCount();
        int[] repetition = shape.repetition();
        int[] definition = shape.definition();
        int[] starts = vector.starts();
        int[] lengths = vector.lengths();
        int there = place.definition();
        int slotDefinition = place.slotDefinition();
        int level = place.repetition() + 1;
        int slot = -1;
        int elements = 0;
        for (int i = 0; i < count; i++) {
            if (repetition[i] > level) {
                continue;
            }
            if (repetition[i] == level) {
                lengths[slot]++;
                elements++;
            } else if (definition[i] >= slotDefinition) {
                slot++;
                starts[slot] = elements;
                int length = definition[i] > there ? 1 : 0;
                lengths[slot] = length;
                elements += length;
                if (definition[i] < there) {
                    vector.setNull(slot);
                }
            }
        }
    }
}
