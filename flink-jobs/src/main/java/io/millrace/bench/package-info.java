/** Measures the engine on a table. */
package io.millrace.bench;
