/** The extracted tables: rows, revisions, and the run that writes them. */
package io.millrace.codegraph.tables;
