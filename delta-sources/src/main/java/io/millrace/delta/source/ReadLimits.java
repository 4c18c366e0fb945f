package io.millrace.delta.source;

import java.io.Serializable;
import org.apache.flink.annotation.Internal;

/**
 * How fast a source may take up files of its table, over all readers. A file is taken up whole: one
 * that is larger than a second's bytes is followed by a pause.
 *
 * @param filesPerSecond {@link #UNLIMITED} for no limit
 * @param bytesPerSecond of files as they are stored; {@link #UNLIMITED} for no limit
 */
@Internal
public record ReadLimits(long filesPerSecond, long bytesPerSecond) implements Serializable {

    public static final long UNLIMITED = Long.MAX_VALUE;

    public static final ReadLimits NONE = new ReadLimits(UNLIMITED, UNLIMITED);

    public ReadLimits {
        if (filesPerSecond < 1 || bytesPerSecond < 1) {
            throw new IllegalArgumentException(
                    "limits of " + filesPerSecond + " files and " + bytesPerSecond + " bytes");
        }
    }
}
