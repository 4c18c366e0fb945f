/** The report page of a bundle: one HTML file that needs nothing else. */
package io.millrace.artifacts.report;
