/**
 * From rows in no order to versions: the sequencer behind the source, and what it reports to the
 * sinks. Start reading at {@code VersionSequencer}.
 */
package io.millrace.delta.source.order;
