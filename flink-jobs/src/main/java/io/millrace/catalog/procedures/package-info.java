/** What {@code CALL sys.…} can call. Start reading at {@code SysProcedures}. */
package io.millrace.catalog.procedures;
