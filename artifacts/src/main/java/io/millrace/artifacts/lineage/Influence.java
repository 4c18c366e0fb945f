package io.millrace.artifacts.lineage;

/**
 * How a column takes part in a result, as OpenLineage's column lineage facet defines it. Direct:
 * its values go into the values. Indirect: its values decide which values or rows there are.
 */
public enum Influence {
    /** The value itself. */
    IDENTITY(true),
    /** A value computed of it. */
    TRANSFORMATION(true),
    /** A value computed of it over several rows. */
    AGGREGATION(true),
    /**
     * Which rows meet: conditions of joins, rows of set operations, arguments of table functions.
     */
    JOIN(false),
    /** Which rows are one group. */
    GROUP_BY(false),
    /** Which rows are kept, or counted. */
    FILTER(false),
    /** In which order rows are taken. */
    SORT(false),
    /** Which rows a window holds, and in which order. */
    WINDOW(false),
    /** Which of several values is taken. */
    CONDITIONAL(false);

    private final boolean direct;

    Influence(boolean direct) {
        this.direct = direct;
    }

    public boolean isDirect() {
        return direct;
    }
}
