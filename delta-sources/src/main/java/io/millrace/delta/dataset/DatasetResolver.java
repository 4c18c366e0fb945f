package io.millrace.delta.dataset;

import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.types.DeltaTypes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** The one place where a location, and what a user says about it, becomes a dataset. */
@Internal
public final class DatasetResolver {

    private DatasetResolver() {}

    /**
     * What a user says about a table.
     *
     * @param location where the table lies
     * @param identity what to call it; the last segment of the location where absent
     * @param key columns of the primary key; the table's own where empty
     * @param version to resolve at; the newest where absent
     */
    public record Request(
            String location, Optional<String> identity, List<String> key, OptionalLong version) {

        public Request {
            key = List.copyOf(key);
        }

        public static Request of(String location) {
            return new Request(location, Optional.empty(), List.of(), OptionalLong.empty());
        }

        public Request named(String name) {
            return new Request(location, Optional.of(name), key, version);
        }

        public Request withKey(List<String> columns) {
            return new Request(location, identity, columns, version);
        }

        public Request at(long tableVersion) {
            return new Request(location, identity, key, OptionalLong.of(tableVersion));
        }
    }

    /**
     * @throws RefusedException if there is no table, or it has not the columns of the key
     */
    public static Dataset resolve(Request request) {
        DeltaTable table = DeltaTable.at(request.location());
        TableSnapshot snapshot =
                request.version().isPresent()
                        ? table.snapshot(request.version().getAsLong())
                        : table.snapshot();
        RowType rowType = DeltaTypes.toRowType(snapshot.metadata().schema());
        List<String> key = request.key().isEmpty() ? snapshot.metadata().key() : request.key();
        for (String column : key) {
            if (rowType.getFieldIndex(column) < 0) {
                throw new RefusedException(
                        table.location()
                                + ": cannot use key "
                                + key
                                + " at version "
                                + snapshot.version()
                                + ": the table has the columns "
                                + rowType.getFieldNames()
                                + ". Correct the declared key.");
            }
        }
        return new Dataset(
                request.identity().orElseGet(() -> lastSegment(table.location())),
                table,
                snapshot,
                withKeyNotNull(rowType, key),
                key);
    }

    /** The identity of the table at {@code location} where no other is given. */
    public static String lastSegment(String location) {
        String path =
                location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static RowType withKeyNotNull(RowType rowType, List<String> key) {
        return new RowType(
                false,
                rowType.getFields().stream()
                        .map(
                                field -> {
                                    boolean isKey = key.contains(field.getName());
                                    LogicalType type = field.getType();
                                    return new RowType.RowField(
                                            field.getName(), isKey ? type.copy(false) : type);
                                })
                        .toList());
    }
}
