package io.millrace.delta.write.page;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * How pages are compressed.
 *
 * @param level of zstd, 1 to 19; the other codecs have none
 */
public record Compression(Codec codec, int level) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** zstd, level 1: as fast as snappy and smaller. */
    public static final Compression DEFAULT = new Compression(Codec.ZSTD, 1);

    public Compression {
        requireNonNull(codec, "codec is null");
        if (codec == Codec.ZSTD && (level < 1 || level > 19)) {
            throw new IllegalArgumentException("zstd has the levels 1 to 19, not " + level);
        }
    }

    /** From {@code zstd}, {@code zstd(3)}, {@code snappy}, {@code gzip} or {@code none}. */
    public static Compression parse(String text) {
        String name = text.trim().toLowerCase(Locale.ROOT);
        int level = 1;
        if (name.matches("zstd\\(\\d{1,2}\\)")) {
            level = Integer.parseInt(name.substring(5, name.length() - 1));
            name = "zstd";
        }
        for (Codec codec : Codec.values()) {
            if (codec.toString().equals(name)) {
                return new Compression(codec, level);
            }
        }
        throw new IllegalArgumentException(
                "there is no compression '%s': it is one of %s or zstd(LEVEL)"
                        .formatted(text, Arrays.toString(Codec.values())));
    }

    @Override
    public String toString() {
        return codec == Codec.ZSTD && level != 1 ? "zstd(" + level + ")" : codec.toString();
    }

    /** The codecs that every reader of Delta tables has. */
    public enum Codec {
        ZSTD(CompressionCodecName.ZSTD),
        SNAPPY(CompressionCodecName.SNAPPY),
        GZIP(CompressionCodecName.GZIP),
        NONE(CompressionCodecName.UNCOMPRESSED);

        private final CompressionCodecName parquetName;

        Codec(CompressionCodecName parquetName) {
            this.parquetName = parquetName;
        }

        CompressionCodecName parquetName() {
            return parquetName;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
