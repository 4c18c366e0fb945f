package io.millrace.delta.write.page;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;

/**
 * How files are encoded.
 *
 * @param rowGroupSize bytes, compressed, from which on a row group is closed
 * @param pageSize bytes of a page, before compression, from which on it is closed
 * @param pageRows rows of a page
 * @param checksums whether pages have a CRC
 * @param withoutDictionary columns that never get a dictionary, by their path in the file with dots
 * @param bloomFilters by path of the column
 */
public record EncoderSettings(
        long rowGroupSize,
        int pageSize,
        int pageRows,
        boolean checksums,
        Set<String> withoutDictionary,
        Map<String, BloomSettings> bloomFilters) {

    /** Row groups of 64 MB, pages of 1 MB or 20,000 rows. */
    public static final EncoderSettings DEFAULT =
            new EncoderSettings(64L << 20, 1 << 20, 20_000, false, Set.of(), Map.of());

    public EncoderSettings {
        requireNonNull(withoutDictionary, "withoutDictionary is null");
        if (rowGroupSize < 1 || pageSize < 1 || pageRows < 1) {
            throw new IllegalArgumentException("sizes of row groups and pages are above 0");
        }
        withoutDictionary = Set.copyOf(withoutDictionary);
        bloomFilters = Map.copyOf(bloomFilters);
    }

    public EncoderSettings withoutDictionary(Set<String> columns) {
        return new EncoderSettings(
                rowGroupSize, pageSize, pageRows, checksums, columns, bloomFilters);
    }

    public EncoderSettings withBloomFilters(Map<String, BloomSettings> filters) {
        return new EncoderSettings(
                rowGroupSize, pageSize, pageRows, checksums, withoutDictionary, filters);
    }
}
