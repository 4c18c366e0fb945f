package io.millrace.delta.parquet;

/**
 * Where a field stands in the levels of its leaves.
 *
 * @param definition level from which on the field itself is there
 * @param slotDefinition level from which on there is a position for it in a vector, be it null:
 *     that of the innermost repeated field around; 0 without one
 * @param repetition number of repeated fields around
 */
record Place(int definition, int slotDefinition, int repetition) {

    static final Place ROOT = new Place(0, 0, 0);

    /** A field in this one that is there or null. */
    Place optional() {
        return new Place(definition + 1, slotDefinition, repetition);
    }

    /** An element of the list that this field is. */
    Place repeated() {
        return new Place(definition + 1, definition + 1, repetition + 1);
    }
}
