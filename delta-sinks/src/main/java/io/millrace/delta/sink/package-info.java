/**
 * The sink as operators of a Flink job: writers, keyed by primary key, and one committer behind
 * them.
 */
package io.millrace.delta.sink;
