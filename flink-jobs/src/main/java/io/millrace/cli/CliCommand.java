package io.millrace.cli;

/**
 * A sub-command of {@code ./millrace}, found by {@link java.util.ServiceLoader}. An implementation
 * is annotated with picocli's {@code @Command(name = .., description = ..)}, has its options and
 * parameters as annotated fields, takes the common ones with {@code @Mixin private CommonOptions
 * common}, and has a public constructor without arguments.
 */
public interface CliCommand {
    /** The options that every sub-command has. */
    CommonOptions common();

    /**
     * Does the work. Progress goes to {@code io}, never to {@code System.out}.
     *
     * @return what is printed at the end
     * @throws io.millrace.delta.table.RefusedException refused by a check: exit code 3
     * @throws UsageException wrong options or arguments: exit code 2
     * @throws Exception anything else: exit code 1
     */
    CommandResult run(CommandIo io) throws Exception;

    /** What the process ends with after {@link #run} has returned. */
    default int exitCode() {
        return Main.DONE;
    }
}
