package io.millrace.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.artifacts.SettingsSnapshot;
import io.millrace.delta.table.RefusedException;
import io.millrace.planner.sql.StatementKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                read(
                        """
                        name: s3
                        settings: {millrace.storage.fs.s3a.secret.key: do-not-show-me}
                        """);

        assertThat(profile.storage().hadoop().get("fs.s3a.secret.key")).isEqualTo("do-not-show-me");
        assertThat(profile.flinkSettings().toString()).doesNotContain("storage");
        assertThat(SettingsSnapshot.of(profile.settings(), profile.origins()).toString())
                .contains("millrace.storage.fs.s3a.secret.key")
                .doesNotContain("do-not-show-me");
    }

    @Test
    void aYamlProfileExtendsAShippedOne() {
        SessionProfile profile =
                read(
                        """
                        name: wide
                        extends: refresh
                        parallelism: 4
                        state-backend: rocksdb
                        settings: {table.exec.mini-batch.enabled: true}
                        """);
        assertThat(profile.name()).isEqualTo("wide");
        assertThat(profile.settings())
                .containsEntry("parallelism.default", "4")
                .containsEntry("state.backend.type", "rocksdb")
                .containsEntry("table.exec.mini-batch.enabled", "true")
                .containsEntry("execution.checkpointing.interval", "1 s");
        assertThat(profile.origins())
                .containsEntry("parallelism.default", "profile wide")
                .containsEntry("execution.checkpointing.interval", "shipped profile refresh")
                .containsEntry("table.local-time-zone", "shipped profile base");
    }

    @Test
    void unknownNamesAndKeysAreRefused() {
        assertThatThrownBy(() -> SessionProfile.of("huge")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> read("name: a\nstate-backend: paper"))
                .hasMessageContaining("p.yaml:2:16: state backend 'paper' is not known");
        assertThatThrownBy(() -> ClusterTarget.parse("nowhere"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ClusterTarget.parse("a.b-c:8081"))
                .isEqualTo(new ClusterTarget.SessionCluster("a.b-c", 8081));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "parallelism: many | p.yaml:2:14: 'many' is no value of 'parallelism.default'",
                "parallelism: 0 | must be at least 1",
                "runtime-mode: never | p.yaml:2:15: 'never' is no value of 'execution.runtime-mode'",
                "time-zone: Moon/Sea | 'Moon/Sea' is no value of 'table.local-time-zone'",
                "checkpoint-interval: soon | 'soon' is no value of 'execution.checkpointing.interval'",
                "statements: [query, jars] | statement kind 'jars' is not known",
                "guards: {cross-join: maybe} | 'maybe' is no value of 'millrace.guards.cross-join'",
                "limits: {rows: 0} | p.yaml:2:16: '0' is no value of 'millrace.limits.rows'",
                "mini-batch: on | 'mini-batch' is off, or a mapping with latency and size",
                "mini-batch: {latency: 1 s} | key 'size' is missing",
                "settings: {millrace.guard.cross-join: off} | there is no setting 'millrace.guard",
                "settings: {table.exec.mini-batch.size: x} | 'x' is no value of 'table.exec.mini",
                "extends: huge | p.yaml:2:10: profile 'huge' is not known",
                "extends: none.yaml | none.yaml: there is no such profile",
            })
    void whatIsWrongIsRefusedWithItsPlace(String line, String message) {
        assertThatThrownBy(() -> read("name: a\n" + line))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theBlocksOfAProfileAreSettings() {
        SessionProfile profile =
                read(
                        """
                        name: a
                        extends: batch
                        time-zone: Europe/Berlin
                        mini-batch: {latency: 2 s, size: 100}
                        limits: {rows: 7, prepared-statements: 2}
                        guards: {cross-join: refuse}
                        statements: [query, jar]
                        """);
        assertThat(profile.settings())
                .containsEntry("table.local-time-zone", "Europe/Berlin")
                .containsEntry("table.exec.mini-batch.enabled", "true")
                .containsEntry("table.exec.mini-batch.size", "100")
                .containsEntry("millrace.guards.cross-join", "refuse");
        assertThat(profile.mode()).isEqualTo(RuntimeExecutionMode.BATCH);
        assertThat(profile.maxRows()).isEqualTo(7);
        assertThat(profile.maxPreparedStatements()).isEqualTo(2);
        assertThat(profile.statements().allowed())
                .containsExactlyInAnyOrder(StatementKind.QUERY, StatementKind.JAR);
    }

    @Test
    void profilesOfUsersExtendEachOtherButNotThemselves(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("base.yaml"), "name: ours\nparallelism: 3\n");
        Path own = folder.resolve("own.yaml");
        Files.writeString(own, "name: own\nextends: base.yaml\ncheckpoint-interval: 9 s\n");
        Files.writeString(folder.resolve("loop.yaml"), "name: loop\nextends: loop.yaml\n");

        assertThat(SessionProfile.of(own.toString()).origins())
                .containsEntry("parallelism.default", "profile ours")
                .containsEntry("execution.checkpointing.interval", "profile own");
        assertThatThrownBy(() -> SessionProfile.of(folder.resolve("loop.yaml").toString()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("does one extend itself?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "refresh", "streaming", "cluster", "batch"})
    void jarsFunctionsAndCatalogsAreInNoShippedProfile(String name) {
        assertThat(SessionProfile.of(name).statements().allowed())
                .contains(StatementKind.QUERY, StatementKind.INSERT, StatementKind.SET)
                .doesNotContain(
                        StatementKind.JAR,
                        StatementKind.FUNCTION,
                        StatementKind.CATALOG,
                        StatementKind.MODULE,
                        StatementKind.PLAN,
                        StatementKind.OTHER);
    }

    @Test
    void aShellReadsWhatEndsUnlessToldToFollow() {
        SessionProfile ends = SessionProfile.ofShell("", false);
        SessionProfile follows = SessionProfile.ofShell("batch", true);

        assertThat(ends.mode()).isEqualTo(RuntimeExecutionMode.BATCH);
        assertThat(ends.name()).isEqualTo("batch");
        assertThat(follows.mode()).isEqualTo(RuntimeExecutionMode.STREAMING);
        assertThat(follows.origins()).containsEntry("execution.runtime-mode", "command line");
        assertThat(SessionProfile.ofShell("", true).name()).isEqualTo("local");
    }

    private static SessionProfile read(String text) {
        return ProfileReader.read(StrictYaml.read("p.yaml", text), Path.of(""), 1);
    }
}
