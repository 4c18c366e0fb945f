package io.millrace.arrow;

import io.millrace.planner.sql.SqlScript;
import io.millrace.planner.sql.SqlSource;
import io.millrace.planner.sql.SqlStatement;
import io.millrace.planner.sql.StatementGate;
import io.millrace.session.Session;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.types.logical.RowType;

/**
 * Queries whose rows come as Arrow batches, in this process.
 *
 * <pre>{@code
 * try (ArrowReader batches = ArrowQuery.run(session, "SELECT ...", allocator)) {
 *     while (batches.loadNextBatch()) {
 *         use(batches.getVectorSchemaRoot());
 *     }
 * }
 * }</pre>
 */
public final class ArrowQuery {
    private ArrowQuery() {}

    /**
     * Starts a query.
     *
     * @return its rows; closing it ends the query
     * @throws io.millrace.delta.table.RefusedException if the text is no query
     * @throws IllegalArgumentException if a column is of a type that has no Arrow type
     */
    public static RowBatches run(Session session, String sql, BufferAllocator allocator) {
        SqlStatement query =
                SqlScript.parseSingle(new SqlSource("query", 1, sql), StatementGate.QUERY);
        TableResultInternal result =
                (TableResultInternal) session.tables().executeSql(query.padded());
        RowType type =
                (RowType) result.getResolvedSchema().toPhysicalRowDataType().getLogicalType();
        return new RowBatches(
                type, QueryKinds.of(session, query), result.collectInternal(), allocator);
    }
}
