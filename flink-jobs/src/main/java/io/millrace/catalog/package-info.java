/**
 * The catalog {@code delta}: tables found in the warehouse and tables registered by a pipeline's
 * definition.
 */
package io.millrace.catalog;
