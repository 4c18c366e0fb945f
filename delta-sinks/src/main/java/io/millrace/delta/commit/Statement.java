package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A job that commits once, at the end of its input.
 *
 * @param kind what its commit does with the rows that are there
 * @param token written into its commit: by it an attempt knows what an earlier attempt of the same
 *     job has committed. Empty where committables have tokens of their own
 */
public record Statement(CommitKind kind, String token) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** For jobs that commit with each checkpoint. */
    public static final Statement NONE = new Statement(new CommitKind.Changes(), "");

    public Statement {
        requireNonNull(kind, "kind is null");
        requireNonNull(token, "token is null");
    }
}
