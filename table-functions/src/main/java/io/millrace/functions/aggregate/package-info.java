/**
 * Aggregates over change feeds. All retract and merge, keep their state in data views, and give the
 * same result whatever the order of arrival.
 */
package io.millrace.functions.aggregate;
