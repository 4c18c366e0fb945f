/** Pipelines as written: plain values, and their strict reader. */
package io.millrace.pipeline.definition;
