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
 */
record SinkState(long counter, boolean rebuilding, Map<String, Long> released) {

    SinkState {
        released = Collections.unmodifiableMap(new TreeMap<>(released));
    }
}
