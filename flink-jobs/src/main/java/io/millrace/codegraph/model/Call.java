package io.millrace.codegraph.model;

import static java.util.Objects.requireNonNull;

/**
 * A call.
 *
 * @param ownerId the innermost definition around it; empty where there is none
 * @param calleeText what is called, with argument lists left empty: {@code list.stream().map}
 * @param calleeShape form of the callee: {@code name}, {@code attribute}, {@code new} and so on, as
 *     the language has them
 * @param argumentCount {@link #UNKNOWN_ARGUMENT_COUNT} where the text does not say
 */
public record Call(
        String id, String ownerId, String calleeText, String calleeShape, int argumentCount) {
    public static final int UNKNOWN_ARGUMENT_COUNT = -1;

    public Call {
        requireNonNull(id, "id is null");
        requireNonNull(ownerId, "ownerId is null");
        requireNonNull(calleeText, "calleeText is null");
        requireNonNull(calleeShape, "calleeShape is null");
    }
}
