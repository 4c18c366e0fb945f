/** Values between extractors and tables, and the ids of entities. */
package io.millrace.codegraph.model;
