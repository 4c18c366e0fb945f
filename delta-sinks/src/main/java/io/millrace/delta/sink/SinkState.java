package io.millrace.delta.sink;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a commit operator remembers beside the committables.
 *
 * @param counter number of the last committable made
 * @param rebuilding whether the committable that replaces the whole result is still to be made
 * @param released newest version of each source that the checkpoint contains
 * @param opened newest version of a source of which rows may be there although it is not complete
 */
record SinkState(
        long counter, boolean rebuilding, Map<String, Long> released, Map<String, Long> opened) {

    SinkState {
        released = Collections.unmodifiableMap(new TreeMap<>(released));
        opened = Collections.unmodifiableMap(new TreeMap<>(opened));
    }
}
