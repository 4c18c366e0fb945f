package io.millrace.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.functions.hash.StableHash64;
import io.millrace.functions.hash.StableId;
import java.util.List;
import java.util.Set;
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
        assertThat(registry.snapshotHash())
                .matches("[0-9a-f]{32}")
                .isEqualTo(FunctionRegistry.standard().snapshotHash());
        assertThat(FunctionRegistry.of(List.of(new StableId(), new StableHash64())).snapshotHash())
                .isEqualTo(registry.snapshotHash(Set.of("stable_hash64", "stable_id")))
                .isNotEqualTo(registry.snapshotHash(Set.of("stable_id")));
    }

    @Test
    void the_snapshot_hash_follows_the_version_and_not_the_documentation() {
        FunctionEntry entry = registry.find("stable_id").orElseThrow();
        assertThat(changed(entry, "other words", 1).behaviour()).isEqualTo(entry.behaviour());
        assertThat(changed(entry, entry.documentation(), 2).behaviour())
                .isNotEqualTo(entry.behaviour());
    }

    @Test
    void refuses_two_functions_of_one_name_and_functions_without_description() {
        assertThatThrownBy(() -> FunctionRegistry.of(List.of(new StableId(), new StableId())))
                .hasMessageContaining("two functions named stable_id");
        assertThatThrownBy(() -> changed(registry.find("stable_id").orElseThrow(), " ", 1))
                .hasMessageContaining("needs a signature, documentation and tags");
    }

    private static FunctionEntry changed(FunctionEntry entry, String documentation, int version) {
        return new FunctionEntry(
                entry.name(),
                entry.kind(),
                entry.signature(),
                documentation,
                entry.tags(),
                version,
                entry.definition());
    }
}
