package io.millrace.artifacts;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a plan was made of.
 *
 * @param files text of the definition's files, by name within its folder
 * @param params of the command line and their defaults
 * @param queries of views and results, by name
 * @param warehouse absolute
 */
public record PlanOrigin(
        SortedMap<String, String> files,
        SortedMap<String, String> params,
        SortedMap<String, NamedQuery> queries,
        String warehouse) {
    /** Of statements without a definition. */
    public static final PlanOrigin NONE =
            new PlanOrigin(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), "");

    public PlanOrigin {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
        queries = Collections.unmodifiableSortedMap(new TreeMap<>(queries));
        requireNonNull(warehouse, "warehouse is null");
    }

    public static PlanOrigin of(
            Map<String, String> files, Map<String, String> params, String warehouse) {
        return new PlanOrigin(
                new TreeMap<>(files), new TreeMap<>(params), new TreeMap<>(), warehouse);
    }

    /** The same with these queries. */
    public PlanOrigin with(Map<String, NamedQuery> named) {
        return new PlanOrigin(files, params, new TreeMap<>(named), warehouse);
    }
}
