package io.millrace.functions.hash;

import org.apache.flink.table.data.StringData;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * Unkeyed BLAKE2b (RFC 7693) with the digest length in the parameter block. One instance hashes any
 * number of messages, one after the other; not thread-safe. Each of the finishing methods ends a
 * message and leaves the hasher ready for the next.
 */
public final class StableHasher {

    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private final Blake2bDigest digest;
    private final byte[] out;

    private StableHasher(int bytes) {
        this.digest = new Blake2bDigest(bytes * Byte.SIZE);
        this.out = new byte[bytes];
    }

    /** An 8-byte digest, for {@link #finishLong()}. */
    public static StableHasher of64() {
        return new StableHasher(Long.BYTES);
    }

    /** A 16-byte digest, for {@link #finishHex()}. */
    public static StableHasher of128() {
        return new StableHasher(2 * Long.BYTES);
    }

    static StableHasher ofBytes(int bytes) {
        return new StableHasher(bytes);
    }

    public StableHasher update(byte[] bytes) {
        digest.update(bytes, 0, bytes.length);
        return this;
    }

    public StableHasher update(byte single) {
        digest.update(single);
        return this;
    }

    /** The first 8 bytes of the digest, big-endian, without the sign bit. */
    public long finishLong() {
        finish();
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | (out[i] & 0xFF);
        }
        return value & Long.MAX_VALUE;
    }

    /** The digest as lower-case hexadecimal ASCII. */
    public byte[] finishHex() {
        finish();
        byte[] hex = new byte[out.length * 2];
        writeHex(hex, 0);
        return hex;
    }

    /** {@code prefix:hex}. */
    StringData finishHexId(StringData prefix) {
        finish();
        byte[] start = prefix.toBytes();
        byte[] id = withPrefix(start, out.length * 2);
        writeHex(id, start.length + 1);
        return StringData.fromBytes(id);
    }

    /** {@code prefix:decimal}. */
    StringData finishLongId(StringData prefix) {
        byte[] start = prefix.toBytes();
        byte[] number = Ascii.bytes(Long.toString(finishLong()));
        byte[] id = withPrefix(start, number.length);
        System.arraycopy(number, 0, id, start.length + 1, number.length);
        return StringData.fromBytes(id);
    }

    private static byte[] withPrefix(byte[] prefix, int rest) {
        byte[] id = new byte[prefix.length + 1 + rest];
        System.arraycopy(prefix, 0, id, 0, prefix.length);
        id[prefix.length] = ':';
        return id;
    }

    private void writeHex(byte[] target, int from) {
        for (int i = 0; i < out.length; i++) {
            target[from + 2 * i] = HEX[(out[i] >> 4) & 0xF];
            target[from + 2 * i + 1] = HEX[out[i] & 0xF];
        }
    }

    private void finish() {
        digest.doFinal(out, 0);
    }
}
