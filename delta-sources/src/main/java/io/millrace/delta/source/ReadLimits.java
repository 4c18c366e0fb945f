package io.millrace.delta.source;

import java.io.Serializable;
import org.apache.flink.annotation.Internal;

/**
 * How fast a source may take up files of its table, over all readers, and how far it may read
 * ahead. A file, or part of one, is taken up whole: one that is larger than a second's bytes is
 * followed by a pause.
 *
 * @param filesPerSecond {@link #UNLIMITED} for no limit
 * @param bytesPerSecond of files as they are stored; {@link #UNLIMITED} for no limit
 * @param bytesAhead of files of later versions that are taken up while a version is read; {@link
 *     #UNLIMITED} for no limit
 * @param bytesPerSplit size of the parts into which larger files are cut, for readers to share
 */
@Internal
public record ReadLimits(
        long filesPerSecond, long bytesPerSecond, long bytesAhead, long bytesPerSplit)
        implements Serializable {

    public static final long UNLIMITED = Long.MAX_VALUE;

    public static final long USUAL_BYTES_PER_SPLIT = 128L << 20;

    public static final ReadLimits NONE = new ReadLimits(UNLIMITED, UNLIMITED);

    public ReadLimits {
        if (bytesPerSplit < 1) {
            throw new IllegalArgumentException("splits of " + bytesPerSplit + " bytes");
        }
        if (filesPerSecond < 1 || bytesPerSecond < 1 || bytesAhead < 0) {
            throw new IllegalArgumentException(
                    "limits of %d files and %d bytes per second, %d bytes ahead"
                            .formatted(filesPerSecond, bytesPerSecond, bytesAhead));
        }
    }

    public ReadLimits(long filesPerSecond, long bytesPerSecond) {
        this(filesPerSecond, bytesPerSecond, UNLIMITED, USUAL_BYTES_PER_SPLIT);
    }
}
