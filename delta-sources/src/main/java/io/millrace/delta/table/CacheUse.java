package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * How a cache is used.
 *
 * @param entries that it has
 * @param limit of entries
 * @param bytes that the entries take, where that is known
 * @param hits answers that were there
 * @param misses answers that were not, or did not hold any more
 * @param evictions entries that were given up for others
 */
public record CacheUse(
        String name,
        long entries,
        long limit,
        OptionalLong bytes,
        long hits,
        long misses,
        long evictions) {

    public CacheUse {
        requireNonNull(name, "name is null");
        requireNonNull(bytes, "bytes is null");
    }
}
