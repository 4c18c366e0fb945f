package io.millrace.delta.table;

import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.UnsupportedProtocolVersionException;
import io.delta.kernel.exceptions.UnsupportedProtocolVersionException.ProtocolVersionType;
import io.delta.kernel.exceptions.UnsupportedTableFeatureException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tables are read at all: those whose protocol asks of readers only what is implemented here
 * (Delta protocol, "Table Features"). What a protocol asks of writers does not concern a reader.
 * Asked whenever a table is opened, and of every protocol that a commit brings.
 */
final class ProtocolGate {

    private static final int NEWEST_READER_VERSION = 3;

    /** The reader features that are implemented, by the names that protocols use. */
    static final Set<String> READER_FEATURES =
            Set.of(
                    "columnMapping",
                    "deletionVectors",
                    "timestampNtz",
                    "typeWidening",
                    "typeWidening-preview",
                    "v2Checkpoint",
                    "vacuumProtocolCheck",
                    "variantType",
                    "variantType-preview");

    private ProtocolGate() {}

    /**
     * @param table where it lies
     * @param what was to be done, such as "open version 3"
     * @throws RefusedException if the protocol asks for more, naming what
     */
    static void check(String table, String what, TableProtocol protocol) {
        if (protocol.minReaderVersion() > NEWEST_READER_VERSION) {
            throw unknownVersion(table, what, protocol.minReaderVersion(), null);
        }
        Set<String> unknown = new TreeSet<>(protocol.readerFeatures());
        unknown.removeAll(READER_FEATURES);
        if (!unknown.isEmpty()) {
            throw unknownFeatures(table, what, unknown, null);
        }
    }

    /** Our words for what Kernel refuses by itself; empty if that is not for the protocol. */
    static Optional<RefusedException> refusal(String table, String what, KernelException cause) {
        if (cause instanceof UnsupportedTableFeatureException e) {
            return Optional.of(unknownFeatures(table, what, e.getUnsupportedFeatures(), e));
        } else if (cause instanceof UnsupportedProtocolVersionException e
                && e.getVersionType() == ProtocolVersionType.READER) {
            return Optional.of(unknownVersion(table, what, e.getMinReaderVersion(), e));
        }
        return Optional.empty();
    }

    private static RefusedException unknownVersion(
            String table, String what, int version, KernelException cause) {
        return new RefusedException(
                "%s: cannot %s: its protocol asks for reader version %d, Millrace knows versions up to %d. Read the table with an engine that knows it, or copy it there into one that asks for less."
                        .formatted(table, what, version, NEWEST_READER_VERSION),
                cause);
    }

    private static RefusedException unknownFeatures(
            String table, String what, Collection<String> features, KernelException cause) {
        return new RefusedException(
                "%s: cannot %s: its protocol asks for %s, which Millrace does not have. Drop the feature from the table (ALTER TABLE ... DROP FEATURE), or read the table with an engine that has it."
                        .formatted(
                                table,
                                what,
                                "the reader feature " + String.join(", ", new TreeSet<>(features))),
                cause);
    }
}
