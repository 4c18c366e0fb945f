package io.millrace.delta.write.page;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;

/**
 * A column of a file: takes levels and values, and makes pages of them.
 *
 * <p>Values stand in {@link #values} as PLAIN has them. Each page is written with a dictionary as
 * long as that makes the chunk smaller, which the first page with values decides.
 */
final class LeafColumn {

    /** Values of the first page that are looked at before the whole page is. */
    private static final int SAMPLE = 1024;

    private enum Dictionary {
        UNDECIDED,
        USED,
        CLOSED,
        NEVER
    }

    private final ColumnDescriptor descriptor;
    private final PhysicalType type;
    private final Levels repetition;
    private final Levels definition;
    private final int maxDefinition;
    private final BloomSettings bloom;
    private final BloomFilter hasher;
    private final HashList hashes = new HashList();
    private final ByteSink values;
    private final ValueDictionary dictionary;
    private Dictionary state;
    private int entries;
    private int present;
    private int rows;
    private int[] ids = {};

    /**
     * @param bloom the column's bloom filter, or null
     */
    LeafColumn(
            ColumnDescriptor descriptor,
            int pageSize,
            boolean mayUseDictionary,
            BloomSettings bloom) {
        this.descriptor = requireNonNull(descriptor, "descriptor is null");
        this.type = PhysicalType.of(descriptor.getPrimitiveType());
        this.repetition = new Levels(descriptor.getMaxRepetitionLevel());
        this.definition = new Levels(descriptor.getMaxDefinitionLevel());
        this.maxDefinition = descriptor.getMaxDefinitionLevel();
        this.bloom = bloom;
        this.hasher =
                bloom == null
                        ? null
                        : new BlockSplitBloomFilter(BlockSplitBloomFilter.LOWER_BOUND_BYTES);
        this.values = new ByteSink(pageSize);
        this.dictionary = mayUseDictionary ? type.newDictionary() : null;
        this.state = dictionary == null ? Dictionary.NEVER : Dictionary.UNDECIDED;
    }

    ColumnDescriptor descriptor() {
        return descriptor;
    }

    /** Begins a value that is there; its bytes go into what this returns. */
    ByteSink value(int repetitionLevel) {
        level(repetitionLevel, maxDefinition);
        present++;
        return values;
    }

    /** A value that is not there, at a level below the greatest. */
    void missing(int repetitionLevel, int definitionLevel) {
        level(repetitionLevel, definitionLevel);
    }

    private void level(int repetitionLevel, int definitionLevel) {
        repetition.add(repetitionLevel);
        definition.add(definitionLevel);
        entries++;
        if (repetitionLevel == 0) {
            rows++;
        }
    }

    boolean isFull() {
        return values.isFull();
    }

    /** Bytes of values that are not in a page yet. */
    int pending() {
        return values.size();
    }

    /** Bytes that this holds besides pages, full or not. */
    long capacity() {
        return values.capacity()
                + repetition.capacity()
                + definition.capacity()
                + (long) ids.length * Integer.BYTES
                + hashes.bytes()
                + (dictionary == null ? 0 : dictionary.page().capacity());
    }

    /** Writes what there is as a page. */
    void flushPage(PageWriter out, ByteSink page) throws IOException {
        if (entries == 0) {
            return;
        }
        page.clear();
        repetition.encode(page);
        definition.encode(page);
        boolean encoded = encodeIds(page);
        if (!encoded) {
            type.plain(values, page);
        }
        Statistics<?> statistics = Statistics.createStats(descriptor.getPrimitiveType());
        statistics.incrementNumNulls(entries - present);
        if (present > 0) {
            type.bounds(values.data(), values.size(), statistics);
        }
        if (bloom != null) {
            type.hash(values.data(), values.size(), hasher, hashes);
        }
        out.writePage(
                BytesInput.from(page.data(), 0, page.size()),
                entries,
                rows,
                statistics,
                Encoding.RLE,
                Encoding.RLE,
                encoded ? Encoding.RLE_DICTIONARY : Encoding.PLAIN);
        clearPage();
    }

    private void clearPage() {
        values.clear();
        repetition.clear();
        definition.clear();
        entries = 0;
        present = 0;
        rows = 0;
    }

    /** Appends the page as numbers of the dictionary, if that is to be. */
    private boolean encodeIds(ByteSink page) {
        if (state == Dictionary.NEVER || state == Dictionary.CLOSED) {
            return false;
        }
        if (state == Dictionary.UNDECIDED && present == 0) {
            return false;
        }
        if (ids.length < present) {
            ids = new int[present];
        }
        if (state == Dictionary.UNDECIDED) {
            state = pays() ? Dictionary.USED : Dictionary.NEVER;
        } else if (!dictionary.encode(values.data(), present, ids)) {
            state = Dictionary.CLOSED;
        }
        if (state != Dictionary.USED) {
            if (state == Dictionary.NEVER) {
                dictionary.clear();
                ids = new int[0];
            }
            return false;
        }
        int bitWidth = RunEncoder.bitWidth(dictionary.entries() - 1);
        page.putByte(bitWidth);
        RunEncoder.encode(ids, present, bitWidth, page);
        return true;
    }

    /** Whether numbers and dictionary take well less than the values of this page. */
    private boolean pays() {
        int sample = Math.min(SAMPLE, present);
        if (!dictionary.encode(values.data(), sample, ids)
                || 2 * dictionary.entries() > sample
                || !dictionary.encode(values.data(), present, ids)) {
            return false;
        }
        long bits = (long) present * RunEncoder.bitWidth(dictionary.entries() - 1);
        return 4 * (dictionary.page().size() + bits / Byte.SIZE) < 3L * values.size();
    }

    /** Writes the dictionary, after the last page of a chunk. */
    void finishChunk(PageWriter out) throws IOException {
        if (state == Dictionary.USED || state == Dictionary.CLOSED) {
            out.writeDictionaryPage(
                    new DictionaryPage(
                            BytesInput.from(dictionary.page().data(), 0, dictionary.page().size()),
                            dictionary.entries(),
                            Encoding.PLAIN));
            state = Dictionary.UNDECIDED;
            dictionary.clear();
        }
    }

    /** The bloom filter of the chunk that was finished, if the column has one. */
    Optional<BloomFilter> takeBloomFilter() {
        if (bloom == null) {
            return Optional.empty();
        }
        BloomFilter filter = bloom.filter(hashes.distinct());
        hashes.clear();
        return Optional.of(filter);
    }
}
