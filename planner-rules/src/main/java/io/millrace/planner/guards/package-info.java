/** Guards: what a query must not do, found while it is planned. */
package io.millrace.planner.guards;
