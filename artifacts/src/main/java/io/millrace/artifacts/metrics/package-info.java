/**
 * What the operators of a job have done: a reporter for Flink's metrics, and how its files are
 * joined with a plan.
 */
package io.millrace.artifacts.metrics;
