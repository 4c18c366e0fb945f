/** Stable hashes and ids: BLAKE2b over UTF-8, and the text of values that goes into them. */
package io.millrace.functions.hash;
