package io.millrace.cli;

/** The command line asks for something that does not exist or makes no sense: exit code 2. */
public final class UsageException extends RuntimeException {
    public UsageException(String message) {
        super(message);
    }
}
