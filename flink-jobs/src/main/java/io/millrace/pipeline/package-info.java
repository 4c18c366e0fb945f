/**
 * Pipelines at work: from a definition to a plan, from a plan to a run, and the state that runs
 * leave behind.
 */
package io.millrace.pipeline;
