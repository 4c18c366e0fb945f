package io.millrace.arrow;

import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.planner.semantics.SemanticCheck;
import io.millrace.planner.sql.SqlStatement;
import io.millrace.planner.sql.StatementKind;
import io.millrace.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.UnresolvedIdentifier;

/** The semantic kinds of the columns of a query, as the tables that it names record them. */
public final class QueryKinds {
    private QueryKinds() {}

    /**
     * Kinds by column; none for what is no query.
     *
     * @throws io.millrace.delta.table.RefusedException if kinds do not fit in the query
     */
    public static Map<String, String> of(Session session, SqlStatement statement) {
        if (statement.kind() != StatementKind.QUERY) {
            return Map.of();
        }
        CatalogManager catalogs = ((TableEnvironmentInternal) session.tables()).getCatalogManager();
        Map<String, Map<String, String>> tables = new LinkedHashMap<>();
        for (String name : statement.tables()) {
            ObjectIdentifier path = catalogs.qualifyIdentifier(UnresolvedIdentifier.of(name));
            catalogs.getTable(path)
                    .map(table -> table.getResolvedTable().getOptions())
                    .filter(options -> "delta".equals(options.get("connector")))
                    .ifPresent(options -> tables.put(name, kinds(session, options)));
        }
        if (tables.values().stream().allMatch(Map::isEmpty)) {
            return Map.of();
        }
        return new SemanticCheck(tables, session.registry())
                .kinds("the query", session.tables().sqlQuery(statement.padded()));
    }

    private static Map<String, String> kinds(Session session, Map<String, String> options) {
        Request request = Request.ofTable(options);
        return DatasetResolver.open(
                        request.storedIn(session.profile().storage().with(request.storage())))
                .snapshot()
                .metadata()
                .columnKinds();
    }
}
