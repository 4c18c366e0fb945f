package io.millrace.delta.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.source.sql.OrdersTable.Order;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options that contradict each other, the table or the kind of job are refused when planning. */
class ReadOptionsTest {

    @TempDir private Path folder;

    @BeforeEach
    void makeTables() throws Exception {
        OrdersTable orders = OrdersTable.create(folder.resolve("orders"), true, "id");
        orders.commit(Map.of(1L, Optional.of(new Order(1, 1, 1))), 1, false);
        OrdersTable.create(folder.resolve("plain"), false, "");
    }

    private String plan(boolean batch, String table, String options) {
        TableEnvironment env =
                TableEnvironment.create(
                        batch
                                ? EnvironmentSettings.inBatchMode()
                                : EnvironmentSettings.inStreamingMode());
        for (String name : new String[] {"orders", "plain"}) {
            env.executeSql(
                    """
                    CREATE TABLE %1$s (
                      id BIGINT NOT NULL, amount BIGINT,
                      change STRING METADATA FROM '_change_type' VIRTUAL
                    ) WITH ('connector' = 'delta', 'path' = '%2$s/%1$s')
                    """
                            .formatted(name, folder));
        }
        env.executeSql("CREATE TABLE keyed (PRIMARY KEY (id) NOT ENFORCED) LIKE orders");
        return env.explainSql(
                "SELECT id, change FROM %s /*+ OPTIONS(%s) */"
                        .formatted(table, options.replace('"', '\'')),
                ExplainDetail.CHANGELOG_MODE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "scan.mode"="feed", "scan.version"="1" | "'scan.mode' is 'feed', but 'scan.version' asks for the rows of one version"
                    "scan.version"="1", "scan.timestamp"="2024-05-01" | 'scan.version' and 'scan.timestamp' are both set
                    "scan.version"="1", "scan.end-version"="1" | and a start or an end of changes
                    "scan.mode"="snapshot", "scan.start-version"="1" | and a start or an end of changes
                    "scan.start-version"="1", "scan.cursor"="c" | 'scan.start-version' and 'scan.cursor' are set
                    "scan.startup.mode"="latest", "scan.start-version"="1" | 'scan.startup.mode' is 'latest', but 'scan.start-version' is set
                    "scan.startup.mode"="timestamp" | 'scan.startup.mode' is 'timestamp', but 'scan.start-timestamp' is not set
                    "scan.end-version"="1", "scan.end-timestamp"="2024-05-01" | 'scan.end-version' and 'scan.end-timestamp' are both set
                    "scan.start-version"="1", "scan.end-version"="0" | the start 1 is after the end 0
                    "scan.start-timestamp"="2024-05-02", "scan.end-timestamp"="2024-05-01" | is after the end
                    "scan.start-version"="-1" | 'scan.start-version' is negative: -1
                    "scan.start-timestamp"="soon" | 'scan.start-timestamp' is no time: 'soon'
                    "scan.start-version"="3" | orders: cannot be read at version 3: the changes that can be read are 0 to 2
                    "scan.version"="9" | orders: cannot open version 9: the versions that can be read are 0 to 1
                    "scan.timestamp"="2001-01-01" | the log holds version 0
                    "scan.timestamp"="2999-01-01" | that is in the future
                    "scan.versoin"="1" | scan.versoin
                    """)
    void contradictionsAreRefused(String options, String message) {
        assertThatThrownBy(() -> plan(false, "orders", options))
                .hasRootCauseInstanceOf(Exception.class)
                .satisfies(e -> assertThat(messages(e)).contains(message.replace("\"", "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "scan.mode"="changelog" | a batch job has no changelogs
                    "scan.start-version"="1" | Set 'scan.mode' to 'feed'
                    "scan.mode"="feed", "scan.startup.mode"="latest" | Start at a version
                    "scan.mode"="feed", "scan.end-version"="2" | orders: cannot be read at version 2: the changes that can be read are 0 to 1
                    "scan.mode"="feed", "scan.start-version"="2" | the changes that can be read are 0 to 1
                    """)
    void whatABatchJobCannotReadIsRefused(String options, String message) {
        assertThatThrownBy(() -> plan(true, "orders", options))
                .satisfies(e -> assertThat(messages(e)).contains(message));
    }

    @Test
    void theChangeTypeOfASnapshotIsRefused() {
        assertThatThrownBy(() -> plan(false, "orders", "'scan.version' = '1'"))
                .satisfies(
                        e ->
                                assertThat(messages(e))
                                        .contains(
                                                "orders: '_change_type' cannot be read at version 1"));
    }

    @Test
    void keysThatRepeatAreRefused() {
        assertThatThrownBy(() -> plan(false, "keyed", "'scan.mode' = 'feed'"))
                .satisfies(
                        e ->
                                assertThat(messages(e))
                                        .contains("a primary key is declared, and its values"));
    }

    @Test
    void aFeedIsOnlyInserts() {
        assertThat(plan(false, "orders", "'scan.mode' = 'feed'")).contains("changelogMode=[I]");
    }

    @Test
    void aTableWithoutAChangeFeedIsReadAppendOnly() {
        assertThat(plan(false, "plain", "'scan.start-version' = '0'"))
                .contains("changelogMode=[I]");
        assertThatThrownBy(() -> plan(false, "plain", "'scan.mode' = 'changelog'"))
                .rootCause()
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("plain: cannot be read at version 0: it has no change feed");
    }

    private static String messages(Throwable failure) {
        StringBuilder messages = new StringBuilder();
        for (Throwable e = failure; e != null; e = e.getCause()) {
            messages.append(e.getMessage()).append('\n');
        }
        return messages.toString();
    }
}
