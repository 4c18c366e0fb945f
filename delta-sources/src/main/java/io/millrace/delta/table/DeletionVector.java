package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * Where the deleted row positions of one data file are stored (Delta protocol, "Deletion Vector
 * Descriptor Schema").
 *
 * @param storageType {@code u} (file named by a UUID), {@code p} (absolute path) or {@code i}
 *     (inline)
 * @param pathOrInlineDv what the storage type needs
 * @param offset bytes from the start of the file; absent where inline
 * @param sizeInBytes of the serialized bitmap
 * @param cardinality number of deleted rows
 */
public record DeletionVector(
        String storageType,
        String pathOrInlineDv,
        OptionalInt offset,
        int sizeInBytes,
        long cardinality) {

    public DeletionVector {
        requireNonNull(storageType, "storageType is null");
        requireNonNull(pathOrInlineDv, "pathOrInlineDv is null");
        requireNonNull(offset, "offset is null");
    }

    /**
     * Identity of the vector: two actions on one file are the same only if this is (Delta protocol,
     * "Add File").
     */
    public String uniqueId() {
        return storageType + pathOrInlineDv + (offset.isPresent() ? "@" + offset.getAsInt() : "");
    }
}
