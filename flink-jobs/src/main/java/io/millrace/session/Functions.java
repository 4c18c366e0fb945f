package io.millrace.session;

import io.millrace.functions.MillraceModule;
import org.apache.flink.table.api.TableEnvironment;

/** Brings the function module into a session. */
final class Functions {
    private Functions() {}

    /** Loads the module; returns the hash of its registry. */
    static String install(TableEnvironment environment) {
        MillraceModule module = new MillraceModule();
        environment.loadModule(MillraceModule.NAME, module);
        return module.registry().snapshot().hash();
    }
}
