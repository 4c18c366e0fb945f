package io.millrace.pipeline;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and SIGTERM while a job runs: the first asks for an orderly stop, the second ends the
 * process at once. Shutdown hooks would come too late: Flink's own run beside them and take the
 * cluster down.
 */
final class Interrupts {
    private static final int KILLED = 130;

    private final AtomicBoolean requested = new AtomicBoolean();

    private Interrupts() {}

    /** Handles the signals from now on, where the platform has them. */
    static Interrupts install() {
        Interrupts interrupts = new Interrupts();
        for (String signal : new String[] {"INT", "TERM"}) {
            interrupts.handle(signal);
        }
        return interrupts;
    }

    boolean isRequested() {
        return requested.get();
    }

    /** What the first signal does. */
    void request() {
        if (!requested.compareAndSet(false, true)) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    // The JDK has no supported interface for signals; without this one Ctrl-C is what it always
    // was.
    private void handle(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler onSignal =
                    (proxy, method, arguments) ->
                            switch (method.getName()) {
                                case "handle" -> {
                                    request();
                                    yield null;
                                }
                                case "hashCode" -> System.identityHashCode(this);
                                case "equals" -> proxy == arguments[0];
                                default -> "Interrupts";
                            };
            Object proxy =
                    Proxy.newProxyInstance(
                            Interrupts.class.getClassLoader(), new Class<?>[] {handler}, onSignal);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            requested.set(false);
        }
    }
}
