package io.millrace.planner.sql;

import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.flink.sql.parser.ddl.SqlAddJar;
import org.apache.flink.sql.parser.ddl.SqlAddPartitions;
import org.apache.flink.sql.parser.ddl.SqlAlterDatabase;
import org.apache.flink.sql.parser.ddl.SqlAlterFunction;
import org.apache.flink.sql.parser.ddl.SqlCompilePlan;
import org.apache.flink.sql.parser.ddl.SqlCreateDatabase;
import org.apache.flink.sql.parser.ddl.SqlCreateFunction;
import org.apache.flink.sql.parser.ddl.SqlDropDatabase;
import org.apache.flink.sql.parser.ddl.SqlDropFunction;
import org.apache.flink.sql.parser.ddl.SqlDropPartitions;
import org.apache.flink.sql.parser.ddl.SqlRemoveJar;
import org.apache.flink.sql.parser.ddl.SqlReplaceTableAs;
import org.apache.flink.sql.parser.ddl.SqlReset;
import org.apache.flink.sql.parser.ddl.SqlSet;
import org.apache.flink.sql.parser.ddl.SqlStopJob;
import org.apache.flink.sql.parser.ddl.SqlUseDatabase;
import org.apache.flink.sql.parser.ddl.SqlUseModules;
import org.apache.flink.sql.parser.ddl.catalog.SqlUseCatalog;
import org.apache.flink.sql.parser.ddl.table.SqlAlterTable;
import org.apache.flink.sql.parser.ddl.table.SqlAnalyzeTable;
import org.apache.flink.sql.parser.ddl.table.SqlCreateTable;
import org.apache.flink.sql.parser.ddl.table.SqlCreateTableAs;
import org.apache.flink.sql.parser.ddl.table.SqlDropTable;
import org.apache.flink.sql.parser.ddl.view.SqlAlterView;
import org.apache.flink.sql.parser.ddl.view.SqlCreateView;
import org.apache.flink.sql.parser.ddl.view.SqlDropView;
import org.apache.flink.sql.parser.dml.SqlCompileAndExecutePlan;
import org.apache.flink.sql.parser.dml.SqlExecute;
import org.apache.flink.sql.parser.dml.SqlExecutePlan;
import org.apache.flink.sql.parser.dml.SqlStatementSet;
import org.apache.flink.sql.parser.dml.SqlTruncateTable;
import org.apache.flink.sql.parser.dql.SqlLoadModule;
import org.apache.flink.sql.parser.dql.SqlRichExplain;
import org.apache.flink.sql.parser.dql.SqlUnloadModule;

/** Tells the kind of a parsed statement. What is not known is of no kind that anybody allows. */
final class StatementKinds {
    private StatementKinds() {}

    static StatementKind of(SqlNode node) {
        if (SqlKind.QUERY.contains(node.getKind())) {
            return StatementKind.QUERY;
        } else if (node instanceof SqlExecute execute) {
            return of(execute.getStatement());
        } else if (node instanceof SqlRichExplain || node.getKind() == SqlKind.EXPLAIN) {
            return StatementKind.EXPLAIN;
        }
        StatementKind kind = ofData(node);
        if (kind == StatementKind.OTHER) {
            kind = ofTableOrView(node);
        }
        if (kind == StatementKind.OTHER) {
            kind = ofSession(node);
        }
        return kind == StatementKind.OTHER ? byPackage(node) : kind;
    }

    private static StatementKind ofData(SqlNode node) {
        if (node instanceof SqlStatementSet) {
            return StatementKind.INSERT;
        } else if (node instanceof SqlTruncateTable) {
            return StatementKind.TRUNCATE;
        } else if (node instanceof SqlExecutePlan
                || node instanceof SqlCompilePlan
                || node instanceof SqlCompileAndExecutePlan) {
            return StatementKind.PLAN;
        }
        SqlKind kind = node.getKind();
        if (kind == SqlKind.INSERT) {
            return StatementKind.INSERT;
        } else if (kind == SqlKind.UPDATE) {
            return StatementKind.UPDATE;
        } else if (kind == SqlKind.DELETE) {
            return StatementKind.DELETE;
        }
        return kind == SqlKind.PROCEDURE_CALL ? StatementKind.CALL : StatementKind.OTHER;
    }

    private static StatementKind ofTableOrView(SqlNode node) {
        if (node instanceof SqlCreateView view) {
            return view.isTemporary()
                    ? StatementKind.CREATE_TEMPORARY_VIEW
                    : StatementKind.CREATE_VIEW;
        } else if (node instanceof SqlAlterView) {
            return StatementKind.ALTER_VIEW;
        } else if (node instanceof SqlDropView) {
            return StatementKind.DROP_VIEW;
        } else if (node instanceof SqlCreateTableAs || node instanceof SqlReplaceTableAs) {
            return StatementKind.CREATE_TABLE_AS;
        } else if (node instanceof SqlCreateTable) {
            return StatementKind.CREATE_TABLE;
        } else if (node instanceof SqlAlterTable
                || node instanceof SqlAddPartitions
                || node instanceof SqlDropPartitions) {
            return StatementKind.ALTER_TABLE;
        } else if (node instanceof SqlDropTable) {
            return StatementKind.DROP_TABLE;
        }
        return node instanceof SqlAnalyzeTable ? StatementKind.ANALYZE : StatementKind.OTHER;
    }

    private static StatementKind ofSession(SqlNode node) {
        if (node instanceof SqlSet || node instanceof SqlReset) {
            return StatementKind.SET;
        } else if (node instanceof SqlUseCatalog || node instanceof SqlUseDatabase) {
            return StatementKind.USE;
        } else if (node instanceof SqlAddJar || node instanceof SqlRemoveJar) {
            return StatementKind.JAR;
        } else if (node instanceof SqlCreateFunction
                || node instanceof SqlAlterFunction
                || node instanceof SqlDropFunction) {
            return StatementKind.FUNCTION;
        } else if (node instanceof SqlCreateDatabase
                || node instanceof SqlAlterDatabase
                || node instanceof SqlDropDatabase) {
            return StatementKind.DATABASE;
        } else if (node instanceof SqlLoadModule
                || node instanceof SqlUnloadModule
                || node instanceof SqlUseModules) {
            return StatementKind.MODULE;
        }
        return node instanceof SqlStopJob ? StatementKind.JOB : StatementKind.OTHER;
    }

    /** Flink's parser keeps the statements about one thing in a package. */
    private static StatementKind byPackage(SqlNode node) {
        String name = node.getClass().getName();
        String simple = node.getClass().getSimpleName();
        if (name.startsWith("org.apache.flink.sql.parser.dql.")
                && (simple.startsWith("SqlShow")
                        || simple.startsWith("SqlDescribe")
                        || simple.startsWith("SqlRichDescribe"))) {
            return StatementKind.SHOW;
        } else if (name.startsWith("org.apache.flink.sql.parser.ddl.catalog.")) {
            return StatementKind.CATALOG;
        } else if (name.startsWith("org.apache.flink.sql.parser.ddl.model.")) {
            return StatementKind.MODEL;
        } else if (name.startsWith("org.apache.flink.sql.parser.ddl.connection.")) {
            return StatementKind.CONNECTION;
        }
        return name.startsWith("org.apache.flink.sql.parser.ddl.materializedtable.")
                ? StatementKind.MATERIALIZED_TABLE
                : StatementKind.OTHER;
    }
}
