package io.millrace.delta.scan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * A column, or a field inside of one.
 *
 * @param names from the top-level column down to the field
 */
@Internal
public record FieldPath(List<String> names) implements Serializable {

    public FieldPath {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a path has at least the name of a column");
        }
    }

    public static FieldPath of(String... names) {
        return new FieldPath(List.of(names));
    }

    /** The top-level column. */
    public String column() {
        return names.get(0);
    }

    /** The same field of a column with another name. */
    public FieldPath inColumn(String name) {
        List<String> path = new ArrayList<>(names);
        path.set(0, name);
        return new FieldPath(path);
    }

    /** A field of the struct that this leads to. */
    public FieldPath field(String name) {
        return inside(List.of(name));
    }

    /** The field that {@code others} lead to from here. */
    public FieldPath inside(List<String> others) {
        List<String> path = new ArrayList<>(names);
        path.addAll(others);
        return new FieldPath(path);
    }

    /** Names below the top-level column. */
    public List<String> belowColumn() {
        return names.subList(1, names.size());
    }

    public boolean isNested() {
        return names.size() > 1;
    }

    @Override
    public String toString() {
        return String.join(".", names);
    }
}
