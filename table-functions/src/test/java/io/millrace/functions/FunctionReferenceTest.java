package io.millrace.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What is written about the functions is what the registry says. With {@code -Ddocs=write} it is
 * written.
 */
class FunctionReferenceTest {

    private final FunctionRegistry registry = FunctionRegistry.standard();

    @Test
    void the_reference_is_what_the_registry_says() throws IOException {
        holds(Path.of("FUNCTIONS.md"), FunctionReference.markdown(registry));
    }

    @Test
    void the_expressions_for_java_are_those_of_the_registry() throws IOException {
        holds(
                Path.of("src/main/java/io/millrace/functions/FunctionExpressions.java"),
                ExpressionsSource.of(registry));
    }

    /** A line that changes here changes results: plans recorded before will not be replayed. */
    @Test
    void no_function_changes_its_behaviour_unnoticed() throws IOException {
        FunctionSnapshot snapshot = registry.snapshot();
        holds(
                Path.of("src/test/resources/functions/snapshot.txt"),
                snapshot.hash() + "\n" + String.join("\n", snapshot.functions()) + "\n");
    }

    private static void holds(Path file, String expected) throws IOException {
        if ("write".equals(System.getProperty("docs"))) {
            Files.writeString(file, expected);
        }
        assertThat(file).hasContent(expected);
    }
}
