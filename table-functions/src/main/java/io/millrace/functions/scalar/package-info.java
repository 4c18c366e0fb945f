/** Functions of one row: spans, texts and names, nested values, change types, positions. */
package io.millrace.functions.scalar;
