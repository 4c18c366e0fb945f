package io.millrace.delta.parquet;

import io.millrace.delta.parquet.vector.DecodedVector;

/** Positions in the column chunk's dictionary. */
final class DictionaryDecoder implements ValueDecoder {

    private final DecodedVector dictionary;
    private final RleReader ids;
    private int[] scratch = {};

    DictionaryDecoder(DecodedVector dictionary, RleReader ids) {
        this.dictionary = dictionary;
        this.ids = ids;
    }

    @Override
    public void read(DecodedVector out, int at, int count) {
        if (scratch.length < count) {
            scratch = new int[count];
        }
        ids.read(scratch, 0, count);
        out.gather(dictionary, scratch, at, count);
    }

    @Override
    public void skip(int count) {
        ids.skip(count);
    }
}
