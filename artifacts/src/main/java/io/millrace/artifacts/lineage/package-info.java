/** Which columns each column of a result comes from and how, read off the optimized plan. */
package io.millrace.artifacts.lineage;
