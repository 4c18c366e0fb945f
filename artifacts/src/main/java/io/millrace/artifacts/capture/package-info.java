/** Captures the plan of a pipeline, identifies it, and keeps it as a bundle of files. */
package io.millrace.artifacts.capture;
