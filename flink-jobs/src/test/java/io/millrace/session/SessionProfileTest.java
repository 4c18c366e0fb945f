package io.millrace.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.artifacts.SettingsSnapshot;
import io.millrace.delta.table.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionProfileTest {
    @ParameterizedTest
    @ValueSource(strings = {"local", "refresh", "streaming", "cluster"})
    void everyContinuousProfileKeepsWhatOrderRestsOn(String name) {
        assertThat(SessionProfile.of(name).settings())
                .containsEntry("execution.checkpointing.mode", "EXACTLY_ONCE")
                .containsEntry("execution.checkpointing.unaligned.enabled", "false")
                .containsEntry("execution.checkpointing.aligned-checkpoint-timeout", "0 s")
                .containsEntry(
                        "execution.checkpointing.externalized-checkpoint-retention",
                        "RETAIN_ON_CANCELLATION")
                .containsEntry("pipeline.generic-types", "false")
                .containsEntry("table.local-time-zone", "UTC");
    }

    @Test
    void storageOptionsDoNotReachFlinkAndAreNotShown() {
        SessionProfile profile =
                SessionProfile.read(
                        StrictYaml.read(
                                "p.yaml",
                                """
                                name: s3
                                settings: {millrace.storage.fs.s3a.secret.key: do-not-show-me}
                                """));

        assertThat(profile.storage().hadoop().get("fs.s3a.secret.key")).isEqualTo("do-not-show-me");
        assertThat(profile.flinkSettings().toString()).doesNotContain("storage");
        assertThat(SettingsSnapshot.of(profile.settings(), profile.origins()).toString())
                .contains("millrace.storage.fs.s3a.secret.key")
                .doesNotContain("do-not-show-me");
    }

    @Test
    void aYamlProfileExtendsAShippedOne() {
        SessionProfile profile =
                SessionProfile.read(
                        StrictYaml.read(
                                "p.yaml",
                                """
                                name: wide
                                extends: refresh
                                parallelism: 4
                                state-backend: rocksdb
                                settings: {table.exec.mini-batch.enabled: true}
                                """));
        assertThat(profile.settings())
                .containsEntry("parallelism.default", "4")
                .containsEntry("state.backend.type", "rocksdb")
                .containsEntry("table.exec.mini-batch.enabled", "true")
                .containsEntry("execution.checkpointing.interval", "1 s");
        assertThat(profile.origins())
                .containsEntry("parallelism.default", "wide")
                .containsEntry("execution.checkpointing.interval", "refresh")
                .containsEntry("table.local-time-zone", "base");
    }

    @Test
    void unknownNamesAndKeysAreRefused() {
        assertThatThrownBy(() -> SessionProfile.of("huge")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(
                        () ->
                                SessionProfile.read(
                                        StrictYaml.read("p.yaml", "name: a\nstate-backend: paper")))
                .hasMessageContaining("p.yaml:2:16: state backend 'paper' is not known");
        assertThatThrownBy(() -> ClusterTarget.parse("nowhere"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ClusterTarget.parse("a.b-c:8081"))
                .isEqualTo(new ClusterTarget.SessionCluster("a.b-c", 8081));
    }
}
