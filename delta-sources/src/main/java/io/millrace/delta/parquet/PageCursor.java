package io.millrace.delta.parquet;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.LeafKind.Storage;
import io.millrace.delta.parquet.vector.DecodedVector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.io.ParquetDecodingException;

/** Goes through the pages of a column in one row group. */
@SuppressWarnings("deprecation") // the old level encoding; heap buffers need no releasing
final class PageCursor {

    private final ColumnDescriptor column;
    private final LeafKind kind;
    private final PageReader pages;
    private final Optional<DecodedVector> dictionary;

    PageCursor(ColumnDescriptor column, LeafKind kind, PageReader pages) {
        this.column = requireNonNull(column, "column is null");
        this.kind = requireNonNull(kind, "kind is null");
        this.pages = requireNonNull(pages, "pages is null");
        this.dictionary =
                kind.storage() == Storage.NOTHING
                        ? Optional.empty()
                        : Optional.ofNullable(pages.readDictionaryPage()).map(this::dictionary);
    }

    private DecodedVector dictionary(DictionaryPage page) {
        Bytes bytes = bytes(page.getBytes());
        int size = page.getDictionarySize();
        DecodedVector values = kind.newVector(size);
        Decoders.plain(kind, bytes.data, bytes.start, bytes.end).read(values, 0, size);
        return values;
    }

    /** The next page, or empty behind the last. */
    Optional<Page> next() {
        DataPage page = pages.readPage();
        if (page == null) {
            return Optional.empty();
        }
        return Optional.of(
                page.accept(
                        new DataPage.Visitor<Page>() {
                            @Override
                            public Page visit(DataPageV1 v1) {
                                return open(v1);
                            }

                            @Override
                            public Page visit(DataPageV2 v2) {
                                return open(v2);
                            }
                        }));
    }

    private Page open(DataPageV1 page) {
        Bytes bytes = bytes(page.getBytes());
        int count = page.getValueCount();
        int position = bytes.start;
        Optional<LevelReader> repetition = Optional.empty();
        if (column.getMaxRepetitionLevel() > 0) {
            Levels levels =
                    levels(
                            bytes,
                            position,
                            page.getRlEncoding(),
                            column.getMaxRepetitionLevel(),
                            count);
            repetition = Optional.of(levels.reader);
            position = levels.end;
        }
        Optional<LevelReader> definition = Optional.empty();
        if (column.getMaxDefinitionLevel() > 0) {
            Levels levels =
                    levels(
                            bytes,
                            position,
                            page.getDlEncoding(),
                            column.getMaxDefinitionLevel(),
                            count);
            definition = Optional.of(levels.reader);
            position = levels.end;
        }
        return new Page(
                count,
                page.getFirstRowIndex(),
                repetition,
                definition,
                values(page.getValueEncoding(), bytes, position, count));
    }

    private static Levels levels(
            Bytes bytes, int position, Encoding encoding, int maxLevel, int count) {
        int bitWidth = bitWidth(maxLevel);
        if (encoding == Encoding.RLE) {
            int start = position + Integer.BYTES;
            int length = Decoders.intAt(bytes.data, position);
            if (length < 0 || length > bytes.end - start) {
                throw new ParquetDecodingException("levels of " + length + " bytes in a page");
            }
            return new Levels(
                    new RleReader(bytes.data, start, start + length, bitWidth), start + length);
        } else if (encoding == Encoding.BIT_PACKED) {
            return new Levels(
                    UnpackedLevels.bitPacked(bytes.data, position, bitWidth, count),
                    position + UnpackedLevels.byteSize(bitWidth, count));
        }
        throw new ParquetDecodingException("levels in encoding " + encoding);
    }

    private Page open(DataPageV2 page) {
        int count = page.getValueCount();
        return new Page(
                count,
                page.getFirstRowIndex(),
                levels(page.getRepetitionLevels(), column.getMaxRepetitionLevel()),
                levels(page.getDefinitionLevels(), column.getMaxDefinitionLevel()),
                valuesOf(page, count));
    }

    private ValueDecoder valuesOf(DataPageV2 page, int count) {
        Bytes bytes = bytes(page.getData());
        return values(page.getDataEncoding(), bytes, bytes.start, count);
    }

    private static Optional<LevelReader> levels(BytesInput input, int maxLevel) {
        if (maxLevel == 0) {
            return Optional.empty();
        }
        Bytes bytes = bytes(input);
        return Optional.of(new RleReader(bytes.data, bytes.start, bytes.end, bitWidth(maxLevel)));
    }

    private ValueDecoder values(Encoding encoding, Bytes bytes, int position, int count) {
        return Decoders.of(kind, encoding, dictionary, bytes.data, position, bytes.end, count);
    }

    static int bitWidth(int maxLevel) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(maxLevel);
    }

    private static Bytes bytes(BytesInput input) {
        try {
            ByteBuffer buffer = input.toByteBuffer();
            if (buffer.hasArray()) {
                int start = buffer.arrayOffset() + buffer.position();
                return new Bytes(buffer.array(), start, start + buffer.remaining());
            }
            byte[] copy = new byte[buffer.remaining()];
            buffer.get(copy);
            return new Bytes(copy, 0, copy.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Bytes {

        private final byte[] data;
        private final int start;
        private final int end;

        Bytes(byte[] data, int start, int end) {
            this.data = data;
            this.start = start;
            this.end = end;
        }
    }

    private record Levels(LevelReader reader, int end) {}
}
