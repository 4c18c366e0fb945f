package io.millrace.session;

import io.millrace.delta.table.RefusedException;
import io.millrace.functions.FunctionEntry;
import io.millrace.functions.FunctionRegistry;
import io.millrace.functions.JarFunctions;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The functions of a session: those of Millrace, and what a pipeline brings. */
public final class SessionFunctions {
    /** Those of Millrace. */
    public static final SessionFunctions STANDARD =
            new SessionFunctions(
                    FunctionRegistry.standard(),
                    List.of(),
                    SessionFunctions.class.getClassLoader());

    private final FunctionRegistry registry;
    private final List<Path> jars;
    private final ClassLoader loader;

    private SessionFunctions(FunctionRegistry registry, List<Path> jars, ClassLoader loader) {
        this.registry = registry;
        this.jars = List.copyOf(jars);
        this.loader = loader;
    }

    /**
     * Those of Millrace and these.
     *
     * @param jars jars with functions; they go with the job
     * @param expanded functions that are expanded when planned
     * @throws RefusedException if a jar has no functions, one is not described, or a name is taken
     */
    public static SessionFunctions with(List<Path> jars, List<FunctionEntry> expanded) {
        if (jars.isEmpty() && expanded.isEmpty()) {
            return STANDARD;
        }
        // Open as long as the process: functions load further classes while they run.
        ClassLoader loader =
                new URLClassLoader(
                        jars.stream().map(SessionFunctions::url).toArray(URL[]::new),
                        SessionFunctions.class.getClassLoader());
        try {
            List<FunctionEntry> more = new ArrayList<>(expanded);
            jars.forEach(jar -> more.addAll(JarFunctions.read(jar, loader)));
            return new SessionFunctions(FunctionRegistry.standard().with(more), jars, loader);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    "functions: cannot be taken: "
                            + e.getMessage()
                            + ". Correct the definition or the jar.",
                    e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(jar + ": is no path of a jar", e);
        }
    }

    public FunctionRegistry registry() {
        return registry;
    }

    List<Path> jars() {
        return jars;
    }

    /** Finds the classes of the jars. */
    ClassLoader loader() {
        return loader;
    }
}
