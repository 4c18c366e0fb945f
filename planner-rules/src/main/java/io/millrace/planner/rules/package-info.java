/** What sessions add to the programs of Flink's planner. */
package io.millrace.planner.rules;
