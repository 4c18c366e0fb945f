/**
 * Statements of a session, run one after the other, and the forms in which their rows are shown.
 */
package io.millrace.shell;
