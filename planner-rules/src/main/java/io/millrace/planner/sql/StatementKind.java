package io.millrace.planner.sql;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Kinds of statements, as the gate tells them apart. */
public enum StatementKind {
    QUERY("a query", ""),
    EXPLAIN("EXPLAIN", ""),
    SHOW("SHOW or DESCRIBE", ""),
    USE("USE", ""),
    SET("SET or RESET", ""),
    CALL("CALL", ""),
    INSERT("INSERT", "dml"),
    UPDATE("UPDATE", "dml"),
    DELETE("DELETE", "dml"),
    TRUNCATE("TRUNCATE TABLE", "dml"),
    CREATE_TABLE("CREATE TABLE", "table"),
    CREATE_TABLE_AS("CREATE TABLE AS", "table"),
    ALTER_TABLE("ALTER TABLE", "table"),
    DROP_TABLE("DROP TABLE", "table"),
    ANALYZE("ANALYZE TABLE", "table"),
    CREATE_VIEW("CREATE VIEW", "view"),
    CREATE_TEMPORARY_VIEW("CREATE TEMPORARY VIEW", "view"),
    ALTER_VIEW("ALTER VIEW", "view"),
    DROP_VIEW("DROP VIEW", "view"),
    DATABASE("CREATE, ALTER or DROP DATABASE", ""),
    CATALOG("CREATE, ALTER or DROP CATALOG", ""),
    FUNCTION("CREATE, ALTER or DROP FUNCTION", ""),
    MODULE("LOAD, UNLOAD or USE MODULES", ""),
    JAR("ADD or REMOVE JAR", ""),
    PLAN("COMPILE or EXECUTE PLAN", ""),
    JOB("STOP JOB", ""),
    MODEL("CREATE, ALTER or DROP MODEL", ""),
    CONNECTION("CREATE, ALTER or DROP CONNECTION", ""),
    MATERIALIZED_TABLE("CREATE, ALTER or DROP MATERIALIZED TABLE", ""),
    OTHER("another statement", "");

    private final String text;
    private final String group;

    StatementKind(String text, String group) {
        this.text = text;
        this.group = group;
    }

    /**
     * Kinds by their names in profiles: {@code query}, {@code create-view}, .., or those of a
     * group: {@code dml}, {@code table}, {@code view}, and {@code all}.
     *
     * @throws IllegalArgumentException if a name is not known
     */
    public static Set<StatementKind> ofNames(Collection<String> names) {
        Set<StatementKind> kinds = EnumSet.noneOf(StatementKind.class);
        for (String name : names) {
            Set<StatementKind> meant =
                    Arrays.stream(values())
                            .filter(kind -> name.equals("all") || kind.isCalled(name))
                            .collect(Collectors.toSet());
            if (meant.isEmpty()) {
                throw new IllegalArgumentException(
                        "statement kind '"
                                + name
                                + "' is not known; known are all, dml, table, view, "
                                + Arrays.stream(values())
                                        .map(StatementKind::id)
                                        .collect(Collectors.joining(", ")));
            }
            kinds.addAll(meant);
        }
        return kinds;
    }

    /** The name in profiles. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private boolean isCalled(String name) {
        return name.equals(id()) || name.equals(group);
    }

    @Override
    public String toString() {
        return text;
    }
}
