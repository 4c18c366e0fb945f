package io.millrace.delta.parquet.vector;

import java.util.Arrays;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.data.columnar.vector.BytesColumnVector;
import org.apache.flink.table.data.columnar.vector.DecimalColumnVector;

/**
 * Strings, binaries and big decimals: pieces of the pages that they were decoded from, not copied.
 */
@Internal
public final class BytesVector extends DecodedVector
        implements BytesColumnVector, DecimalColumnVector {

    private static final byte[] NOTHING = {};
    private static final byte[][] NONE = {};

    /** Of larger dictionaries, values are seldom met twice. */
    private static final int MAX_KEPT_STRINGS = 8_192;

    private final int decimalScale;
    private int[] starts;
    private int[] lengths;
    private byte[] shared = NOTHING;
    private byte[][] each = NONE;
    private boolean several;
    private int filled;
    private byte[] wrapped = NOTHING;
    private MemorySegment[] segments = {MemorySegmentFactory.wrap(NOTHING)};

    /** The dictionary that all values come from, and their places in it; null without one. */
    private BytesVector dictionary;

    private int[] ids = {};

    /** Of a dictionary: the strings that were asked for. Filled by whoever reads, not who fills. */
    private StringData[] strings = {};

    public BytesVector(int capacity) {
        this(capacity, 0);
    }

    /**
     * @param decimalScale of the values where they are unscaled decimals, big endian
     */
    public BytesVector(int capacity, int decimalScale) {
        super(capacity);
        this.starts = new int[capacity];
        this.lengths = new int[capacity];
        this.decimalScale = decimalScale;
    }

    /** What the value at {@code i} is a piece of. */
    public byte[] data(int i) {
        return several ? each[i] : shared;
    }

    public int[] starts() {
        return starts;
    }

    public int[] lengths() {
        return lengths;
    }

    /** The scale of the values where they are unscaled decimals. */
    public int decimalScale() {
        return decimalScale;
    }

    @Override
    public Bytes getBytes(int i) {
        return new Bytes(data(i), starts[i], lengths[i]);
    }

    @Override
    public DecimalData getDecimal(int i, int precision, int scale) {
        return Unscaled.decimal(data(i), starts[i], lengths[i], decimalScale, precision, scale);
    }

    @Override
    public StringData getString(int i) {
        return dictionary == null ? newString(i) : dictionary.keptString(ids[i]);
    }

    private StringData newString(int i) {
        return new BinaryStringData(segments(i), starts[i], lengths[i]);
    }

    /** Strings of a dictionary are made once, since pages do not change. */
    private StringData keptString(int i) {
        if (strings.length == 0) {
            strings = new StringData[starts.length];
        }
        StringData string = strings[i];
        if (string == null) {
            string = newString(i);
            strings[i] = string;
        }
        return string;
    }

    /** Wrapped once for all neighbours that are pieces of the same page. */
    private MemorySegment[] segments(int i) {
        byte[] data = data(i);
        if (wrapped != data) {
            segments = new MemorySegment[] {MemorySegmentFactory.wrap(data)};
            wrapped = data;
        }
        return segments;
    }

    @Override
    public byte[] getBinary(int i) {
        return Arrays.copyOfRange(data(i), starts[i], starts[i] + lengths[i]);
    }

    @Override
    public void reset() {
        super.reset();
        if (several) {
            Arrays.fill(each, null);
            several = false;
        }
        shared = NOTHING;
        dictionary = null;
        filled = 0;
    }

    /**
     * Says that the {@code count} values from {@code at} on, not yet spread, are pieces of {@code
     * source}. Values come in ascending order of positions.
     */
    public void filled(byte[] source, int at, int count) {
        if (count > 0) {
            dictionary = null;
            addPieces(source, at, count);
        }
    }

    private void addPieces(byte[] source, int at, int count) {
        if (filled == 0) {
            shared = source;
        } else if (!several && shared != source) {
            several = true;
            if (each.length < starts.length) {
                each = new byte[starts.length][];
            }
            Arrays.fill(each, 0, filled, shared);
        }
        if (several) {
            Arrays.fill(each, at, at + count, source);
        }
        filled = at + count;
    }

    @Override
    protected void grow(int capacity) {
        starts = Arrays.copyOf(starts, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        if (dictionary != null) {
            ids = Arrays.copyOf(ids, capacity);
        }
        if (several) {
            each = Arrays.copyOf(each, capacity);
        }
    }

    @Override
    protected void spreadPresent(int from, int to) {
        if (several) {
            Arrays.fill(each, from + 1, to + 1, each[from]);
        }
        filled = to + 1;
        boolean[] nulls = nulls();
        int source = from;
        for (int i = to; source >= 0 && source < i; i--) {
            if (!nulls[i]) {
                starts[i] = starts[source];
                lengths[i] = lengths[source];
                if (dictionary != null) {
                    ids[i] = ids[source];
                }
                source--;
            }
        }
    }

    @Override
    public void gather(DecodedVector values, int[] places, int at, int count) {
        if (count == 0) {
            return;
        }
        BytesVector from = (BytesVector) values;
        int[] fromStarts = from.starts;
        int[] fromLengths = from.lengths;
        for (int i = 0; i < count; i++) {
            int id = places[i];
            starts[at + i] = fromStarts[id];
            lengths[at + i] = fromLengths[id];
        }
        keepPlaces(from, places, at, count);
        addPieces(from.shared, at, count);
    }

    private void keepPlaces(BytesVector from, int[] places, int at, int count) {
        if (filled == 0 && from.starts.length <= MAX_KEPT_STRINGS) {
            dictionary = from;
        } else if (dictionary != from) {
            dictionary = null;
        }
        if (dictionary != null) {
            if (ids.length < starts.length) {
                ids = Arrays.copyOf(ids, starts.length);
            }
            System.arraycopy(places, 0, ids, at, count);
        }
    }
}
