package io.millrace.functions;

import java.lang.reflect.Field;
import org.apache.flink.table.types.inference.CallContext;

/**
 * A call as it is written. Where a function has named arguments, Flink shows an input strategy the
 * declared types in place of the given ones, and with them the given nullability is lost; what was
 * given lies in the context behind. If a later Flink has it no more, the declared types must do.
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
