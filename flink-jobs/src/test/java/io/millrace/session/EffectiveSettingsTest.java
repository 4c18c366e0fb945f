package io.millrace.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.artifacts.SettingsSnapshot;
import io.millrace.delta.table.RefusedException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectiveSettingsTest {
    @TempDir private Path folder;

    private Session open(String... more) {
        SessionProfile profile = SessionProfile.shipped("local");
        for (int i = 0; i < more.length; i += 2) {
            profile = profile.with("command line", Map.of(more[i], more[i + 1]));
        }
        return new SessionFactory(profile, new ClusterTarget.Embedded(), folder).openForPlanning();
    }

    private static String shown(SettingsSnapshot settings, String key) {
        SettingsSnapshot.Setting setting = settings.settings().get(key);
        return setting == null ? "absent" : setting.value() + " by " + setting.origin();
    }

    @Test
    void eachSettingTellsWhereItIsFrom() {
        Session session = open("parallelism.default", "3");
        session.set("table.exec.state.ttl", "1 h");
        SettingsSnapshot settings = session.settings();

        assertThat(shown(settings, "table.local-time-zone"))
                .isEqualTo("UTC by shipped profile base");
        assertThat(shown(settings, "execution.checkpointing.interval"))
                .isEqualTo("5 s by shipped profile local");
        assertThat(shown(settings, "parallelism.default")).isEqualTo("3 by command line");
        assertThat(shown(settings, "table.exec.state.ttl")).isEqualTo("1 h by SET");
        assertThat(shown(settings, "table.optimizer.join-reorder-enabled"))
                .isEqualTo("false by default");
        assertThat(shown(settings, "millrace.guards.cross-join"))
                .isEqualTo("warn by shipped profile base");
        assertThat(settings.settings()).hasSizeGreaterThan(300);
    }

    @Test
    void resetBringsAnotherValueBack() {
        Session session = open();
        session.set("table.exec.state.ttl", "1 h");
        session.set("table.local-time-zone", "Asia/Tokyo");
        assertThat(session.settings()).isNotEqualTo(open().settings());
        session.reset("table.exec.state.ttl");
        session.reset();
        assertThat(session.settings()).isEqualTo(open().settings());
    }

    @Test
    void theSameSessionGivesTheSameBytesWhateverTheWarehouse(@TempDir Path other) {
        String here = open().settings().text();
        String there =
                new SessionFactory(
                                SessionProfile.shipped("local"),
                                new ClusterTarget.Embedded(),
                                other)
                        .openForPlanning()
                        .settings()
                        .text();
        assertThat(there).isEqualTo(here);
        assertThat(here)
                .doesNotContain(folder.toString())
                .doesNotContain(System.getProperty("user.home"))
                .doesNotContain(System.getProperty("java.io.tmpdir") + "/");
    }

    @Test
    void secretsAreMasked() {
        Session session = open("millrace.storage.fs.s3a.secret.key", "do-not-show-me");
        session.set("some.password", "do-not-show-me");
        String text = session.settings().text();
        assertThat(text).contains("fs.s3a.secret.key").doesNotContain("do-not-show-me");
    }

    @Test
    void whatNobodySetDoesNotDecideAPlansIdentity() {
        assertThat(open().settings().relevantForPlan())
                .containsOnlyKeys(
                        "pipeline.max-parallelism",
                        "table.dynamic-table-options.enabled",
                        "table.exec.mini-batch.enabled",
                        "table.exec.uid.generation",
                        "table.local-time-zone",
                        "table.plan.compile.catalog-objects");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "execution.runtime-mode",
                "millrace.sql.statements",
                "millrace.storage.fs.s3a.secret.key",
                "millrace.run.plan-id"
            })
    void whatASessionIsOpenedWithStays(String key) {
        assertThatThrownBy(() -> open().set(key, "all"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("cannot change '" + key + "'");
    }

    @Test
    void aValueThatAnOptionCannotHaveIsRefusedAtOnce() {
        assertThatThrownBy(() -> open().set("table.exec.mini-batch.size", "x"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("SET: 'x' is no value of 'table.exec.mini-batch.size'");
        assertThatThrownBy(() -> open().set("millrace.guards.cross", "off"))
                .hasMessageContaining("there is no setting 'millrace.guards.cross'");
    }
}
