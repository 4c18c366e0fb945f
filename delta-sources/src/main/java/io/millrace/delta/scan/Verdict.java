package io.millrace.delta.scan;

import java.util.Collection;

/** Which rows of a file satisfy a predicate. */
enum Verdict {
    NONE,
    /** Nobody knows. */
    SOME,
    ALL;

    static Verdict and(Collection<Verdict> parts) {
        return parts.stream().min(Verdict::compareTo).orElse(ALL);
    }

    static Verdict or(Collection<Verdict> parts) {
        return parts.stream().max(Verdict::compareTo).orElse(NONE);
    }
}
