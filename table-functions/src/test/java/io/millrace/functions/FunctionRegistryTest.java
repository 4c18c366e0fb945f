package io.millrace.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.functions.hash.StableHash64;
import io.millrace.functions.hash.StableId;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.junit.jupiter.api.Test;

class FunctionRegistryTest {

    private final FunctionRegistry registry = FunctionRegistry.standard();

    @Test
    void finds_functions_whatever_the_case_of_the_name() {
        MillraceModule module = new MillraceModule(registry);
        assertThat(module.getFunctionDefinition("Stable_ID_Parts")).isPresent();
        assertThat(module.getFunctionDefinition("nothing_of_ours")).isEmpty();
        assertThat(module.listFunctions()).contains("arg_min", "stable_hash64");
    }

    @Test
    void the_snapshot_hash_is_the_same_for_the_same_functions_in_any_order() {
        assertThat(registry.snapshot().hash())
                .matches("[0-9a-f]{32}")
                .isEqualTo(FunctionRegistry.standard().snapshot().hash());
        assertThat(FunctionRegistry.of(List.of(new StableId(), new StableHash64())).snapshot())
                .isEqualTo(registry.snapshot(Set.of("stable_hash64", "stable_id")))
                .isNotEqualTo(registry.snapshot(Set.of("stable_id")));
    }

    @Test
    void the_snapshot_follows_what_decides_results_and_nothing_else() {
        FunctionEntry entry = registry.find("stable_id").orElseThrow();
        FunctionDescription same = entry.description();
        assertThat(behaviour(changed(same, "other words", 1, same.returns())))
                .isEqualTo(entry.behaviour());
        assertThat(behaviour(changed(same, same.documentation(), 2, same.returns())))
                .isNotEqualTo(entry.behaviour());
        assertThat(behaviour(changed(same, same.documentation(), 1, "STRING NOT NULL")))
                .isNotEqualTo(entry.behaviour());
        assertThat(new FunctionEntry(same, entry.definition(), "another jar").behaviour())
                .isNotEqualTo(entry.behaviour());
    }

    @Test
    void refuses_names_that_are_taken() {
        assertThatThrownBy(() -> FunctionRegistry.of(List.of(new StableId(), new StableId())))
                .hasMessageContaining("two functions named stable_id");
        FunctionDescription same = registry.find("stable_id").orElseThrow().description();
        FunctionEntry upper =
                new FunctionEntry(renamed(same, "upper"), Optional.empty(), "expression");
        assertThatThrownBy(() -> registry.with(List.of(upper)))
                .hasMessageContaining("Flink has a function named upper");
    }

    @Test
    void refuses_functions_without_documentation_tags_or_examples() {
        FunctionDescription same = registry.find("stable_id").orElseThrow().description();
        assertThatThrownBy(() -> changed(same, " ", 1, same.returns()))
                .hasMessageContaining("needs documentation");
        assertThatThrownBy(() -> described(same, List.of(), same.examples()))
                .hasMessageContaining("needs tags and examples");
        assertThatThrownBy(() -> described(same, same.tags(), List.of()))
                .hasMessageContaining("needs tags and examples");
        assertThatThrownBy(() -> described(same, List.of("new"), same.examples()))
                .hasMessageContaining("unknown tag");
    }

    @Test
    void holds_every_function_class_of_this_module() throws Exception {
        Path classes =
                Path.of(StableId.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> described = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file).toString().replace('/', '.');
                Class<?> type = Class.forName(name.substring(0, name.length() - 6));
                if (UserDefinedFunction.class.isAssignableFrom(type)
                        && !Modifier.isAbstract(type.getModifiers())) {
                    assertThat(type).hasAnnotation(FunctionDoc.class);
                    described.add(type.getAnnotation(FunctionDoc.class).name());
                }
            }
        }
        assertThat(registry.names()).containsExactlyInAnyOrderElementsOf(described);
    }

    private static String behaviour(FunctionDescription description) {
        return new FunctionEntry(description, Optional.of(new StableId()), "").behaviour();
    }

    private static FunctionDescription changed(
            FunctionDescription from, String documentation, int version, String returns) {
        return new FunctionDescription(
                from.name(),
                from.kind(),
                from.arguments(),
                from.named(),
                returns,
                from.returnsKind(),
                documentation,
                from.nulls(),
                from.tags(),
                from.since(),
                version,
                from.examples());
    }

    private static FunctionDescription described(
            FunctionDescription from, List<String> tags, List<FunctionExample> examples) {
        return new FunctionDescription(
                from.name(),
                from.kind(),
                from.arguments(),
                from.named(),
                from.returns(),
                from.returnsKind(),
                from.documentation(),
                from.nulls(),
                tags,
                "9.9.9",
                from.version(),
                examples);
    }

    private static FunctionDescription renamed(FunctionDescription from, String name) {
        return new FunctionDescription(
                name,
                from.kind(),
                from.arguments(),
                from.named(),
                from.returns(),
                from.returnsKind(),
                from.documentation(),
                from.nulls(),
                from.tags(),
                from.since(),
                from.version(),
                from.examples());
    }
}
