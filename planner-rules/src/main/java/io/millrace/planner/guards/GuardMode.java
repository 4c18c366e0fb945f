package io.millrace.planner.guards;

import org.apache.flink.annotation.PublicEvolving;

/** What happens where a guard finds something. */
@PublicEvolving
public enum GuardMode {
    /** Nothing: the guard does not look. */
    OFF,
    /** It is logged and the query is planned. */
    WARN,
    /** The query is not planned. */
    REFUSE
}
