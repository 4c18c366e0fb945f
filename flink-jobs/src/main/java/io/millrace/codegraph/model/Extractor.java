package io.millrace.codegraph.model;

import java.util.List;

/**
 * Reads the facts out of source files of one language. Implementations are found by {@link
 * java.util.ServiceLoader}, so a new language is a jar on the class path. They have a public
 * constructor without arguments and are called from several threads at once.
 */
public interface Extractor {
    /** Name of the language, as it stands in column {@code lang}. */
    String language();

    /**
     * Whether the file at this path (slashes, relative to the root of its tree) is for this
     * extractor.
     */
    boolean accepts(String path);

    /**
     * Extracts files that this extractor accepts. Text that does not parse gives the facts of the
     * parts that do; an implementation throws only where it is itself at fault, and is then asked
     * for each file alone.
     *
     * @return the facts of each file, in the order of the files
     */
    List<FileFacts> extract(List<SourceInput> files);
}
