package io.millrace.artifacts.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.artifacts.lineage.DatasetColumns;
import io.millrace.artifacts.lineage.Influence;
import io.millrace.artifacts.lineage.Lineage;
import io.millrace.artifacts.lineage.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What lineage says of a query against what running the query says. */
class LineagePropertyITCase {

    /** Each sixth query; all of them, which takes minutes, with {@code -Dlineage.each=true}. */
    private static final int STEP = Boolean.getBoolean("lineage.each") ? 1 : 6;

    private static MiniCluster cluster;
    private static QuerySession session;

    @BeforeAll
    static void start() throws Exception {
        cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(2)
                                .withRandomPorts()
                                .build());
        cluster.start();
        session = QuerySession.batch(cluster.getRestAddress().get());
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    private final Map<String, List<String>> tables = new HashMap<>();

    private List<QueryCase> cases() {
        List<QueryCase> cases =
                QueryCase.all().stream()
                        .filter(query -> !query.tags().contains("stream"))
                        .filter(query -> !query.tags().contains("unordered"))
                        .toList();
        return IntStream.range(0, cases.size())
                .filter(i -> i % STEP == 0)
                .mapToObj(cases::get)
                .toList();
    }

    @Test
    void columnsThatLineageDoesNotNameHaveNoInfluenceAndThoseThatItNamesDo() throws Exception {
        for (String name : session.tables().listTables()) {
            tables.put(name, session.tables().from(name).getResolvedSchema().getColumnNames());
        }
        List<String> influenced = new ArrayList<>();
        List<String> direct = new ArrayList<>();
        int compared = 0;
        List<QueryCase> cases = cases();
        for (QueryCase query : cases) {
            session.declare(Map.of(), true);
            Lineage lineage = session.lineage(query.sql());
            List<String> rows = session.rows(query.sql());
            Map<String, String> unnamed = unnamed(lineage);
            if (!unnamed.isEmpty()) {
                session.declare(unnamed, true);
                compared++;
                if (!session.rows(query.sql()).equals(rows)) {
                    influenced.add(query + " by " + unnamed);
                }
            }
            if (isDirect(lineage) && (STEP > 1 || compared % 4 == 0)) {
                session.declare(named(lineage), true);
                direct.add(session.rows(query.sql()).equals(rows) ? "same" : "other");
            }
        }
        assertThat(influenced).isEmpty();
        assertThat(compared).isGreaterThan(cases.size() / 2);
        assertThat(direct).hasSizeGreaterThan(8).contains("other");
        assertThat(direct.stream().filter("same"::equals).count()).isLessThan(direct.size() / 3);
    }

    private static boolean isDirect(Lineage lineage) {
        return lineage.results().get(0).columns().stream()
                .flatMap(column -> column.origins().stream())
                .map(Origin::influence)
                .anyMatch(Influence::isDirect);
    }

    /** Other values for all columns of the tables read that lineage does not name. */
    private Map<String, String> unnamed(Lineage lineage) {
        Map<String, String> salts = new HashMap<>();
        for (DatasetColumns dataset : lineage.required()) {
            Set<String> others = new TreeSet<>(tables.get(dataset.dataset()));
            others.removeAll(top(dataset));
            if (!others.isEmpty()) {
                salts.put(dataset.dataset(), salts(others));
            }
        }
        return salts;
    }

    private static Map<String, String> named(Lineage lineage) {
        return lineage.required().stream()
                .filter(dataset -> !dataset.columns().isEmpty())
                .collect(Collectors.toMap(DatasetColumns::dataset, dataset -> salts(top(dataset))));
    }

    private static Set<String> top(DatasetColumns dataset) {
        return dataset.columns().stream()
                .map(column -> column.split("\\.")[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String salts(Set<String> columns) {
        return columns.stream().map(column -> column + ":7").collect(Collectors.joining(","));
    }
}
