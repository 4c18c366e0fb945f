package io.millrace.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictYamlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "a: &x [1]\\nb: *x | y.yaml:1:4: uses an anchor",
                "a: 1\\nb: *x | y.yaml:2:4",
                "a: &x {k: v}\\nb: {<<: *x} | uses an anchor",
                "a: !!javax.script.ScriptEngineManager [x] | y.yaml:1:4: has a tag",
                "a: !!str x | has a tag",
                "a: !own x | has a tag",
                "a: [!!int 1] | has a tag",
                "--- !!map\\na: 1 | has a tag",
                "a: 1\\na: 2 | uplicate",
                "a: 1\\n---\\nb: 2 | second document",
                "a: ~ | has no value",
                "[1] | must be a mapping",
                "a: 'x | y.yaml:",
                "a: [1 | y.yaml:",
            })
    void whatIsNoPlainValueIsRefusedWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> StrictYaml.read("y.yaml", text.replace("\\n", "\n")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aBombOfAliasesIsRefusedAtItsFirst() {
        String bomb =
                "a0: &a0 [x, x]\n"
                        + IntStream.range(1, 30)
                                .mapToObj(
                                        i ->
                                                "a%d: &a%d [*a%d, *a%d]\n"
                                                        .formatted(i, i, i - 1, i - 1))
                                .collect(Collectors.joining());
        assertThatThrownBy(() -> StrictYaml.read("y.yaml", bomb))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("y.yaml:1:");
    }

    @Test
    void deepAndLargeFilesAreRefused(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> StrictYaml.read("y.yaml", "a: " + "[".repeat(40) + "]".repeat(40)))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> StrictYaml.read("y.yaml", "a: " + "[".repeat(9000)))
                .isInstanceOf(RefusedException.class);
        Path large = folder.resolve("large.yaml");
        Files.writeString(large, "a: " + "x".repeat(2 << 20));
        assertThatThrownBy(() -> StrictYaml.read(large))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("larger than 1 MiB");
    }

    @Test
    void scalarsStayText() {
        StrictYaml.Mapping yaml = StrictYaml.read("y.yaml", "a: 010\nb: yes\nc: 1e3\nd: '~'");
        assertThat(
                        yaml.required("a")
                                + yaml.required("b")
                                + yaml.required("c")
                                + yaml.required("d"))
                .isEqualTo("010yes1e3~");
    }
}
