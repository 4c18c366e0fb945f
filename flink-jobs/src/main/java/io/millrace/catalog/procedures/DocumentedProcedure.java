package io.millrace.catalog.procedures;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.procedures.Procedure;

/** A procedure that says what it does; its one method {@code call} has a {@link ProcedureHint}. */
public abstract class DocumentedProcedure implements Procedure {

    private static final int LONGEST = 200;

    /** What it does, in a sentence. */
    public abstract String documentation();

    /** The name in SQL: that of the class in lower case with underscores. */
    public final String name() {
        return getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }

    /** What it is called with, in order. */
    public final List<ArgumentHint> arguments() {
        return Arrays.stream(getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(ProcedureHint.class))
                .flatMap(
                        method ->
                                Arrays.stream(
                                        method.getAnnotation(ProcedureHint.class).arguments()))
                .toList();
    }

    /** The names of consumers become names of files. */
    static String checkedConsumer(String table, String consumer) {
        boolean good =
                consumer != null
                        && consumer.length() <= LONGEST
                        && consumer.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]*");
        if (!good) {
            throw new ValidationException(
                    "%s: cannot have a consumer '%s': the name is letters, digits, _ . and -, beginning with a letter or digit. Choose another name."
                            .formatted(table, consumer));
        }
        return consumer;
    }
}
