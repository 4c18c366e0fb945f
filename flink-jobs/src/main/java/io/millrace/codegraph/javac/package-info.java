/** The extractor for Java. */
package io.millrace.codegraph.javac;
