package io.millrace.pipeline;

/** Takes what a run has to say while it is at work. */
public interface RunEvents {
    /** Something happened. */
    void progress(String line);

    /** How things stand; the next call replaces it. */
    void status(String line);
}
