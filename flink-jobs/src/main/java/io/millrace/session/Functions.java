package io.millrace.session;

import io.millrace.functions.FunctionRegistry;
import io.millrace.functions.MillraceModule;
import org.apache.flink.table.api.TableEnvironment;

/** Brings the function module into a session. */
final class Functions {
    private Functions() {}

    /** Loads the module; returns the hash of its registry. */
    static String install(TableEnvironment environment, FunctionRegistry registry) {
        environment.loadModule(MillraceModule.NAME, new MillraceModule(registry));
        return registry.snapshot().hash();
    }
}
