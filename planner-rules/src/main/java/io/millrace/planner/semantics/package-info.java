/** Kinds of values (node ids, symbols) followed through queries, and what does not fit found. */
package io.millrace.planner.semantics;
