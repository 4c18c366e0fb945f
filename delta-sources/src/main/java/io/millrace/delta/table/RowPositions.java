package io.millrace.delta.table;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.PrimitiveIterator;
import java.util.function.LongConsumer;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64NavigableMap;

/**
 * A set of row positions in a file, counted from 0. Not thread-safe.
 *
 * <p>The bytes are the portable 64-bit roaring format: number of 32-bit bitmaps, then for each its
 * high key and the standard 32-bit bitmap, little endian. That is also what a deletion vector holds
 * behind its magic number.
 */
public final class RowPositions {

    private final Roaring64NavigableMap bitmap;

    public RowPositions() {
        this(new Roaring64NavigableMap());
    }

    private RowPositions(Roaring64NavigableMap bitmap) {
        this.bitmap = bitmap;
    }

    public static RowPositions of(long... positions) {
        RowPositions result = new RowPositions();
        for (long position : positions) {
            result.add(position);
        }
        return result;
    }

    public static RowPositions fromBytes(byte[] bytes) {
        Roaring64NavigableMap bitmap = new Roaring64NavigableMap();
        try {
            bitmap.deserializePortable(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "row positions: " + bytes.length + " bytes are not a 64-bit bitmap", e);
        }
        return new RowPositions(bitmap);
    }

    public byte[] toBytes() {
        bitmap.runOptimize();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            bitmap.serializePortable(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public void add(long position) {
        bitmap.addLong(position);
    }

    public void remove(long position) {
        bitmap.removeLong(position);
    }

    public void addAll(RowPositions others) {
        bitmap.or(others.bitmap);
    }

    public void removeAll(RowPositions others) {
        bitmap.andNot(others.bitmap);
    }

    public boolean contains(long position) {
        return bitmap.contains(position);
    }

    public long cardinality() {
        return bitmap.getLongCardinality();
    }

    public boolean isEmpty() {
        return bitmap.isEmpty();
    }

    /** In ascending order. */
    public void forEach(LongConsumer consumer) {
        LongIterator positions = bitmap.getLongIterator();
        while (positions.hasNext()) {
            consumer.accept(positions.next());
        }
    }

    /** In ascending order; the positions must not change meanwhile. */
    public PrimitiveIterator.OfLong iterator() {
        LongIterator positions = bitmap.getLongIterator();
        return new PrimitiveIterator.OfLong() {
            @Override
            public boolean hasNext() {
                return positions.hasNext();
            }

            @Override
            public long nextLong() {
                return positions.next();
            }
        };
    }

    public RowPositions copy() {
        RowPositions copy = new RowPositions();
        copy.addAll(this);
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowPositions that && bitmap.equals(that.bitmap);
    }

    @Override
    public int hashCode() {
        return bitmap.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        Iterator<Long> first = bitmap.stream().limit(20).iterator();
        first.forEachRemaining(p -> text.append(text.length() > 1 ? ", " : "").append(p));
        return text.append(cardinality() > 20 ? ", …}" : "}").toString();
    }
}
