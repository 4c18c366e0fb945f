/** Queries with what is expected of their plans, and small tables to plan and run them on. */
package io.millrace.artifacts.queries;
