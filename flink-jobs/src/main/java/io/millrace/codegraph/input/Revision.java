package io.millrace.codegraph.input;

import java.io.IOException;
import java.util.List;

/** One state of a source tree. */
public interface Revision {
    /** The commit's id, or name and content hash of a snapshot: the same content, the same id. */
    String id();

    /** All files that some extractor accepts, ordered by path. */
    List<TreeFile> files() throws IOException;
}
