package io.millrace.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.CacheUse;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableDefinition;
import io.millrace.planner.sql.SqlScript;
import io.millrace.planner.sql.SqlSource;
import io.millrace.planner.sql.SqlStatement;
import io.millrace.planner.sql.StatementGate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionGuardsTest {
    @TempDir private Path warehouse;

    @BeforeEach
    void tables() throws Exception {
        create("orders", true);
        create("people", true);
        create("plain", false);
    }

    private void create(String name, boolean feed) throws Exception {
        DeltaTable.at(warehouse.resolve(name).toString())
                .create(
                        new TableDefinition(
                                new StructType()
                                        .add("id", LongType.LONG, false)
                                        .add("name", StringType.STRING),
                                List.of(),
                                Map.of(
                                        "delta.enableChangeDataFeed",
                                        Boolean.toString(feed),
                                        "millrace.key",
                                        "id")),
                        CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
    }

    private Session open(boolean stream, String... settings) {
        SessionProfile profile = SessionProfile.ofShell("", stream);
        for (int i = 0; i < settings.length; i += 2) {
            profile = profile.with("test", Map.of(settings[i], settings[i + 1]));
        }
        Session session =
                new SessionFactory(profile, new ClusterTarget.Embedded(), warehouse)
                        .openForPlanning();
        session.tables()
                .executeSql(
                        "CREATE TEMPORARY TABLE target (id BIGINT, name STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'blackhole')");
        return session;
    }

    private static List<String> warnings(Session session, String sql) {
        session.tables().explainSql(sql);
        return session.programs().findings().warnings();
    }

    @Test
    void aCrossJoinIsNamedWithItsTables() {
        assertThat(warnings(open(true), "SELECT * FROM orders AS o, people AS p"))
                .containsExactly(
                        "query: is a cross join of (orders) and (people): there is no condition. Join them by columns that are equal. (millrace.guards.cross-join)");
        assertThat(
                        warnings(
                                open(false),
                                "INSERT INTO target SELECT o.id, p.name FROM orders AS o JOIN people AS p ON o.id < p.id"))
                .singleElement()
                .asString()
                .contains("query of ", "(orders) and (people)", "only [id] otherwise");
    }

    @Test
    void joinsByEqualColumnsAndWithOneRowAreNone() {
        assertThat(
                        warnings(
                                open(true),
                                "SELECT * FROM orders AS o, people AS p, (SELECT COUNT(*) AS c FROM people) AS n WHERE o.id = p.id"))
                .isEmpty();
    }

    @Test
    void aGuardRefusesOrIsOffBySetting() {
        Session session = open(true, "millrace.guards.cross-join", "refuse");
        String sql = "SELECT * FROM orders AS o, people AS p";
        assertThatThrownBy(() -> session.tables().explainSql(sql))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("is a cross join of (orders) and (people)")
                .hasMessageContaining("Or set 'millrace.guards.cross-join' to 'warn' or 'off'.");
        session.set("millrace.guards.cross-join", "off");
        assertThat(warnings(session, sql)).isEmpty();
    }

    @Test
    void aTargetsKeyMustFollowFromTheQuerys() {
        assertThat(
                        warnings(
                                open(true, "table.exec.sink.require-on-conflict", "false"),
                                "INSERT INTO target SELECT COUNT(*), name FROM orders GROUP BY name"))
                .singleElement()
                .asString()
                .contains(
                        "query of ",
                        "whose key is [id]",
                        "reads (orders)",
                        "has the keys [[name]]");
        assertThat(
                        warnings(
                                open(true),
                                "INSERT INTO target SELECT id, MAX(name) FROM orders GROUP BY id"))
                .isEmpty();
        assertThat(warnings(open(true), "INSERT INTO target SELECT id, name FROM orders"))
                .isEmpty();
    }

    @Test
    void anIdMadeOfAKeyIsAKey() {
        assertThat(ids("stable_id('order', CAST(id AS STRING))", "SELECT id, name FROM orders"))
                .isEmpty();
        assertThat(
                        ids(
                                "stable_id_parts('pair', p_id, name, o_id)",
                                "SELECT o.id AS o_id, p.id AS p_id, o.name FROM orders AS o JOIN people AS p ON p.name = o.name"))
                .isEmpty();
        assertThat(
                        ids(
                                "stable_id_parts('order', stable_id_parts('x', id), 'O')",
                                "SELECT id, name FROM orders UNION ALL SELECT COUNT(*), name FROM people GROUP BY name"))
                .as("of two queries, one gives ids of what is no key")
                .singleElement()
                .asString()
                .contains("reads (people)", "has the keys [[name]]");
        assertThat(
                        ids(
                                "stable_id('n', name)",
                                "SELECT name FROM (SELECT DISTINCT name FROM people)"))
                .isEmpty();
    }

    @Test
    void anIdOfOtherColumnsIsNone() {
        assertThat(ids("stable_id('n', name)", "SELECT id, name FROM orders"))
                .singleElement()
                .asString()
                .contains("whose key is [id]", "reads (orders)", "has the keys [[id]]");
        assertThat(ids("UPPER(CAST(id AS STRING))", "SELECT id, name FROM orders"))
                .as("not known to be another one for each id")
                .hasSize(1);
    }

    private List<String> ids(String id, String query) {
        Session session = open(true, "table.exec.sink.require-on-conflict", "false");
        session.tables()
                .executeSql(
                        "CREATE TEMPORARY TABLE ids (id STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'blackhole')");
        return warnings(session, "INSERT INTO ids SELECT %s FROM (%s)".formatted(id, query));
    }

    @Test
    void aFollowedTableWithoutAFeedIsNamed() {
        assertThat(warnings(open(true), "SELECT id FROM plain"))
                .singleElement()
                .asString()
                .contains("follows (plain), which has no change feed");
        assertThat(
                        warnings(
                                open(true),
                                "SELECT id FROM plain /*+ OPTIONS('scan.mode' = 'append-only') */"))
                .isEmpty();
        assertThat(warnings(open(false), "SELECT id FROM plain")).isEmpty();
    }

    @Test
    void aConditionOnTheChangeTypeBecomesOneOfTheFeed() {
        Session session = open(false);
        String plan =
                session.tables()
                        .explainSql(
                                "SELECT id FROM (SELECT id, _change_type AS c FROM `orders$changes`) WHERE UPPER(SUBSTRING(c, 1, 6)) = 'UPDATE'");
        assertThat(session.programs().fired().names()).contains("MillraceChangeTypeFilterRule");
        assertThat(plan.substring(plan.indexOf("Optimized Execution Plan")))
                .contains("update_preimage", "update_postimage")
                .doesNotContain("UPPER");
    }

    @Test
    void aPlainConditionOnTheChangeTypeStaysAsItIs() {
        Session session = open(true);
        session.tables()
                .explainSql("SELECT id FROM `orders$changes` WHERE _change_type = 'delete'");
        assertThat(session.programs().fired().names())
                .isNotEmpty()
                .doesNotContain("MillraceChangeTypeFilterRule");
    }

    @Test
    void aQueryIsPreparedFromItsSecondUseAndForgottenWhenItsTableChanges() throws Exception {
        Session session = open(false);
        SqlStatement one = query("select id from orders where id = 1");
        SqlStatement same = query("SELECT `id` /* same */ FROM orders WHERE id = 1");

        session.prepared().query(one);
        session.prepared().query(same);
        assertThat(session.prepared().query(one)).isSameAs(session.prepared().query(same));
        assertThat(session.prepared().use())
                .isEqualTo(
                        new CacheUse("prepared statements", 1, 256, OptionalLong.empty(), 2, 2, 0));

        DeltaTable orders = DeltaTable.at(warehouse.resolve("orders").toString());
        orders.commit(orders.snapshot(), CommitContent.empty(CommitOperation.WRITE, Map.of()));
        session.prepared().query(one);
        assertThat(session.prepared().use().misses()).isEqualTo(3);
    }

    @Test
    void queriesThatDifferInTheirHintsAreNotTheSame() throws Exception {
        Session session = open(false);
        session.tables()
                .getConfig()
                .set(TableConfigOptions.TABLE_DYNAMIC_TABLE_OPTIONS_ENABLED, true);
        DeltaTable orders = DeltaTable.at(warehouse.resolve("orders").toString());
        orders.commit(orders.snapshot(), CommitContent.empty(CommitOperation.WRITE, Map.of()));
        String hinted = "SELECT id FROM orders /*+ OPTIONS('scan.version' = '%d') */";
        SqlStatement first = query(hinted.formatted(0));
        SqlStatement other = query(hinted.formatted(1));

        session.prepared().query(first);
        session.prepared().query(first);

        assertThat(session.prepared().query(first)).isSameAs(session.prepared().query(first));
        assertThat(session.prepared().query(other)).isNotSameAs(session.prepared().query(first));
    }

    private static SqlStatement query(String sql) {
        return SqlScript.parseSingle(new SqlSource("q.sql", 1, sql), StatementGate.QUERY);
    }
}
