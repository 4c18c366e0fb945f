package io.millrace.functions;

import io.millrace.functions.hash.StableHasher;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.UserDefinedFunction;

/** The functions of a jar: its public classes that are Flink functions with {@link FunctionDoc}. */
public final class JarFunctions {

    private static final String CLASS = ".class";

    private JarFunctions() {}

    /**
     * Reads them.
     *
     * @param loader finds the classes of the jar
     * @return in order of their class names; each carries the digest of all classes of the jar, so
     *     that a jar that was only packed anew is the same
     * @throws IllegalArgumentException if the jar has none, or one is not described as it must be
     */
    public static List<FunctionEntry> read(Path jar, ClassLoader loader) {
        List<Class<?>> classes = new ArrayList<>();
        String digest = scan(jar, loader, classes);
        if (classes.isEmpty()) {
            throw new IllegalArgumentException(
                    jar.getFileName() + ": holds no Flink function with @FunctionDoc");
        }
        return classes.stream()
                .map(type -> FunctionEntry.of(instance(type), "jar " + digest))
                .toList();
    }

    private static String scan(Path jar, ClassLoader loader, List<Class<?>> found) {
        StableHasher hasher = StableHasher.of128();
        try (JarFile file = new JarFile(jar.toFile())) {
            List<JarEntry> entries =
                    file.stream()
                            .filter(entry -> entry.getName().endsWith(CLASS))
                            .sorted(Comparator.comparing(JarEntry::getName))
                            .toList();
            for (JarEntry entry : entries) {
                hasher.update(entry.getName().getBytes(StandardCharsets.UTF_8));
                try (InputStream in = file.getInputStream(entry)) {
                    hasher.update(in.readAllBytes());
                }
                Class<?> type = load(entry.getName(), loader);
                if (type != null && isFunction(type)) {
                    found.add(type);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(jar + ": cannot be read: " + e.getMessage(), e);
        }
        return new String(hasher.finishHex(), StandardCharsets.US_ASCII);
    }

    /** Null for classes that miss others: what needs those is not ours. */
    private static Class<?> load(String entry, ClassLoader loader) {
        if (entry.endsWith("-info.class") || entry.startsWith("META-INF/")) {
            return null;
        }
        String name = entry.substring(0, entry.length() - CLASS.length()).replace('/', '.');
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private static boolean isFunction(Class<?> type) {
        return UserDefinedFunction.class.isAssignableFrom(type)
                && type.isAnnotationPresent(FunctionDoc.class)
                && !Modifier.isAbstract(type.getModifiers());
    }

    private static FunctionDefinition instance(Class<?> type) {
        try {
            return (FunctionDefinition) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    type.getName() + ": needs to be public, with a constructor without arguments",
                    e);
        }
    }
}
