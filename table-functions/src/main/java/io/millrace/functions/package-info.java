/**
 * The functions of Millrace: what plans may call, how they are described, and the one Flink module
 * that registers them.
 */
package io.millrace.functions;
