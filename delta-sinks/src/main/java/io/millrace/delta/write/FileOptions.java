package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.write.page.BloomSettings;
import io.millrace.delta.write.page.Compression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the files of a table are written, out of its properties: so whoever writes files of the
 * table, in a job or while committing, writes them alike.
 *
 * @param fileSize bytes from which on a file is closed
 * @param bloomFilters by logical column name, fields of structs after dots
 * @param sortBy order of rows within files; empty for that in which they come
 */
record FileOptions(
        long fileSize,
        Compression compression,
        Map<String, BloomSettings> bloomFilters,
        List<SortColumn> sortBy) {

    static final String FILE_SIZE = "millrace.file-size";
    static final String COMPRESSION = "delta.parquet.compression.codec";
    static final String ZSTD_LEVEL = "millrace.zstd-level";
    static final String BLOOM_FILTERS = "millrace.bloom-filters";
    static final String SORT_BY = "millrace.sort-by";

    /**
     * Properties that are of the writer: a table that has others is written by them all the same.
     */
    static final List<String> ALL =
            List.of(
                    FILE_SIZE,
                    COMPRESSION,
                    ZSTD_LEVEL,
                    BLOOM_FILTERS,
                    SORT_BY,
                    FileStatistics.INDEXED_COLUMNS_PROPERTY,
                    FileStatistics.STATS_COLUMNS_PROPERTY);

    private static final long DEFAULT_FILE_SIZE = 128L << 20;
    private static final double DEFAULT_FPP = 0.01;
    private static final Pattern BLOOM =
            Pattern.compile("\\s*([^:,]+?)\\s*(?::\\s*([0-9.eE-]+)\\s*(?::\\s*([0-9]+)\\s*)?)?");

    FileOptions {
        requireNonNull(compression, "compression is null");
        bloomFilters = Map.copyOf(bloomFilters);
        sortBy = List.copyOf(sortBy);
        if (fileSize < 1) {
            throw new IllegalArgumentException(FILE_SIZE + " is " + fileSize + ": not above 0");
        }
    }

    /**
     * @throws IllegalArgumentException naming the property that says nothing
     */
    static FileOptions of(Map<String, String> properties) {
        String size = properties.get(FILE_SIZE);
        String codec = properties.getOrDefault(COMPRESSION, "zstd");
        String level = properties.get(ZSTD_LEVEL);
        try {
            return new FileOptions(
                    size == null ? DEFAULT_FILE_SIZE : Long.parseLong(size.trim()),
                    level != null && codec.equalsIgnoreCase("zstd")
                            ? Compression.parse("zstd(" + level.trim() + ")")
                            : Compression.parse(codec.replace("uncompressed", "none")),
                    bloomFilters(properties.getOrDefault(BLOOM_FILTERS, "")),
                    SortColumn.parse(properties.getOrDefault(SORT_BY, "")));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "property %s is '%s', not a number of bytes".formatted(FILE_SIZE, size), e);
        }
    }

    /** From {@code column[:fpp[:ndv]]}, separated by commas. */
    static Map<String, BloomSettings> bloomFilters(String text) {
        Map<String, BloomSettings> filters = new LinkedHashMap<>();
        if (text.isBlank()) {
            return filters;
        }
        for (String part : text.split(",", -1)) {
            Matcher bloom = BLOOM.matcher(part);
            if (!bloom.matches()) {
                throw new IllegalArgumentException(
                        "bloom filter '%s' is not COLUMN, COLUMN:FPP or COLUMN:FPP:NDV"
                                .formatted(part.trim()));
            }
            double fpp = bloom.group(2) == null ? DEFAULT_FPP : Double.parseDouble(bloom.group(2));
            long ndv = bloom.group(3) == null ? 0 : Long.parseLong(bloom.group(3));
            filters.put(bloom.group(1), new BloomSettings(fpp, ndv));
        }
        return filters;
    }
}
