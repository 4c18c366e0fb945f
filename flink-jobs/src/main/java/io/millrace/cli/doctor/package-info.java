/** What {@code doctor} looks at. */
package io.millrace.cli.doctor;
