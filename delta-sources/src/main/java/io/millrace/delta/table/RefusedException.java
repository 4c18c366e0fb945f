package io.millrace.delta.table;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Something that a check refuses before or while running: a policy, the protocol gate, a contract,
 * state that does not fit. The message names the table, what is there and what to do; the command
 * line ends with exit code 3. A job that fails with it is not restarted.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }

    public RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
