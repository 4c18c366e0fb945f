package io.millrace.delta.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageOptionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fs.s3a.access.key",
                "fs.s3a.secret.key",
                "fs.s3a.bucket.sales.secret.key",
                "fs.s3a.session.token",
                "fs.s3a.encryption.key",
                "fs.azure.account.key.sales.dfs.core.windows.net",
                "fs.azure.account.oauth2.client.secret",
                "fs.azure.sas.fixed.token.sales",
                "fs.gs.auth.service.account.private.key",
                "some.Password"
            })
    void credentialsAreNeverShown(String key) {
        StorageOptions options = StorageOptions.of(Map.of(key, "hunter2"));

        assertThat(options.toString()).contains(key).doesNotContain("hunter2");
        assertThat(options.hadoop().get(key)).isEqualTo("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fs.s3a.endpoint",
                "fs.s3a.aws.credentials.provider",
                "fs.azure.account.oauth.provider.type.sales",
                "fs.gs.auth.service.account.json.keyfile",
                "fs.s3a.path.style.access"
            })
    void whatIsNoCredentialIsShown(String key) {
        assertThat(StorageOptions.of(Map.of(key, "plain")).toString()).contains("plain");
    }

    @Test
    void credentialsOfATableAreRefusedWithTheWayOut() {
        Map<String, String> options =
                Map.of("connector", "delta", "storage.fs.s3a.secret.key", "hunter2");

        assertThatThrownBy(() -> StorageOptions.ofTable("orders", options))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("orders: cannot take the credential")
                .hasMessageContaining("millrace.storage.fs.s3a.secret.key")
                .hasMessageContaining("storage.core-site")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aTableMayNameTheVariableThatHoldsItsCredential() {
        StorageOptions options =
                StorageOptions.ofTable(
                        "orders",
                        Map.of(
                                "connector", "delta",
                                "storage.fs.s3a.secret.key", "${env.PATH}",
                                "storage.fs.s3a.endpoint", "http://localhost"));

        assertThat(options.shown())
                .isEqualTo(
                        Map.of(
                                "fs.s3a.secret.key",
                                "${env.PATH}",
                                "fs.s3a.endpoint",
                                "http://localhost"));
        assertThat(options.hadoop().get("fs.s3a.secret.key")).isEqualTo(System.getenv("PATH"));
    }

    @Test
    void optionsOfATableWinOverThoseOfTheSessionAndBothOverTheFile(@TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("core-site.xml");
        Files.writeString(
                file,
                """
                <configuration>
                  <property><name>a</name><value>file</value></property>
                  <property><name>b</name><value>file</value></property>
                  <property><name>c</name><value>file</value></property>
                </configuration>
                """);
        StorageOptions session =
                StorageOptions.of(
                        Map.of(
                                StorageOptions.CORE_SITE,
                                file.toString(),
                                "b",
                                "session",
                                "c",
                                "session"));

        StorageOptions table = session.with(StorageOptions.of(Map.of("c", "table")));

        assertThat(table.hadoop().get("a")).isEqualTo("file");
        assertThat(table.hadoop().get("b")).isEqualTo("session");
        assertThat(table.hadoop().get("c")).isEqualTo("table");
    }

    @Test
    void aFileThatIsNotThereIsSaid(@TempDir Path folder) {
        StorageOptions options =
                StorageOptions.of(
                        Map.of(StorageOptions.CORE_SITE, folder.resolve("none.xml").toString()));

        assertThatThrownBy(options::hadoop)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("storage.core-site");
    }
}
