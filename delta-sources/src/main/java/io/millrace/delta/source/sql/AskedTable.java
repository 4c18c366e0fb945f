package io.millrace.delta.source.sql;

import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.SnapshotCache;
import io.millrace.delta.table.StorageOptions;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.factories.DynamicTableFactory.Context;

/** What a statement says of its table, and how what is wrong with it is told. */
final class AskedTable {

    private AskedTable() {}

    /**
     * @param storage how tables are reached where neither the session nor they say anything else
     */
    static Request of(Context context, StorageOptions storage) {
        return asUserError(
                () -> {
                    Request request = Request.ofTable(context.getCatalogTable().getOptions());
                    StorageOptions session =
                            StorageOptions.of(context.getConfiguration().get(RunOptions.STORAGE));
                    return request.storedIn(storage.with(session).with(request.storage()));
                });
    }

    /** The table that is asked for, its snapshots among those of the session if there is one. */
    static DeltaTable open(Request asked, Optional<SnapshotCache> snapshots) {
        DeltaTable table = asUserError(() -> DatasetResolver.open(asked));
        return snapshots.map(table::cachedIn).orElse(table);
    }

    /** What is refused for what a user says is an error of the statement. */
    static <T> T asUserError(Supplier<T> step) {
        try {
            return step.get();
        } catch (RefusedException e) {
            throw new ValidationException(e.getMessage(), e.getCause());
        }
    }
}
