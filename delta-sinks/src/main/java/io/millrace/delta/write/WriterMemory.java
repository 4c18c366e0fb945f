package io.millrace.delta.write;

import java.io.Serializable;
import org.apache.flink.annotation.Internal;

/**
 * What a writer may keep in memory; what is beyond goes to the local disk.
 *
 * @param changes bytes of the changes that are not written yet
 * @param index bytes of the index of keys
 */
@Internal
public record WriterMemory(long changes, long index) implements Serializable {

    public static final WriterMemory DEFAULT = new WriterMemory(256L << 20, 512L << 20);

    private static final long serialVersionUID = 1L;

    public WriterMemory {
        if (changes < 0 || index < 0) {
            throw new IllegalArgumentException("memory of " + changes + " and " + index + " bytes");
        }
    }

    /**
     * What fits into a heap beside everything else: an eighth of it for changes and a quarter for
     * the index, if that is less.
     *
     * @param heap in bytes
     */
    public WriterMemory within(long heap) {
        return new WriterMemory(Math.min(changes, heap / 8), Math.min(index, heap / 4));
    }
}
