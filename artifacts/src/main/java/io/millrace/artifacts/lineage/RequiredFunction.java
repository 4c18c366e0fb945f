package io.millrace.artifacts.lineage;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;

/**
 * A function that a plan calls and that is not Flink's.
 *
 * @param version of the registry; 0 where the registry does not know the function
 * @param tags sorted
 */
public record RequiredFunction(String name, int version, List<String> tags)
        implements Comparable<RequiredFunction> {
    private static final Comparator<RequiredFunction> ORDER =
            Comparator.comparing(RequiredFunction::name);

    public RequiredFunction {
        requireNonNull(name, "name is null");
        tags = tags.stream().sorted().toList();
    }

    @Override
    public int compareTo(RequiredFunction other) {
        return ORDER.compare(this, other);
    }
}
