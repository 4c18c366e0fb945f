package io.millrace.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One measurement of a table that is watched, in milliseconds.
 *
 * @param commits that the table has
 * @param open opening the newest version
 * @param look one look for the next commit, which is not there
 * @param read reading one commit
 */
public record PollRound(long commits, double open, double look, double read) {

    public Map<String, Object> toDocument() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("commits", commits);
        document.put("open_ms", open);
        document.put("look_ms", look);
        document.put("read_ms", read);
        return document;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d commits: open %.1f ms, look %.4f ms, read a commit %.2f ms",
                commits,
                open,
                look,
                read);
    }
}
