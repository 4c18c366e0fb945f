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
