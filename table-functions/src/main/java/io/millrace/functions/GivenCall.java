package io.millrace.functions;

import java.lang.reflect.Field;
import org.apache.flink.table.types.inference.CallContext;

/**
 * A call as it is written. Where a function has named arguments, Flink 2.3.0 shows an input
 * strategy the declared types in place of the given ones (TypeInferenceUtil wraps the call in a
 * CastCallContext whose types are those of the static arguments), and with them the given
 * nullability and integer width are lost; what was given lies in the wrapped context.
 *
 * <p>It is read by reflection because nothing supported leads there: CallContext has no accessor
 * for it, CastCallContext is internal and keeps it private, a static argument takes one fixed type
 * or the untyped {@code ANY} traits of polymorphic tables only, and the strategy gets no other view
 * of the call. Without static arguments there are no named ones. If a later Flink has the field no
 * more, the declared types must do: calls stay right, results become nullable.
 */
final class GivenCall {

    private static final String BEHIND = "originalContext";

    private GivenCall() {}

    static CallContext of(CallContext call) {
        try {
            Field behind = call.getClass().getDeclaredField(BEHIND);
            behind.setAccessible(true);
            return behind.get(call) instanceof CallContext given ? given : call;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return call;
        }
    }
}
