package io.millrace.artifacts.store;

/** Some tables could not be written. */
final class PartlyWrittenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long lost;

    PartlyWrittenException(long lost, Throwable first) {
        super(String.valueOf(first.getMessage()), first);
        this.lost = lost;
    }

    /** Rows that were not written. */
    long lost() {
        return lost;
    }
}
