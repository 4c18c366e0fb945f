/**
 * Parsing and gating of SQL statements: what a script may hold is decided before anything of it
 * runs.
 */
package io.millrace.planner.sql;
