package io.millrace.session;

import static java.util.Objects.requireNonNull;

/**
 * How a cache is used.
 *
 * @param entries that it holds now
 * @param limit of entries
 * @param hits since the session was opened, as the other counts
 * @param evictions entries that were taken out for others, or because they were of no use any more
 */
public record CacheStatistics(
        String name, long entries, long limit, long hits, long misses, long evictions) {
    public CacheStatistics {
        requireNonNull(name, "name is null");
    }
}
