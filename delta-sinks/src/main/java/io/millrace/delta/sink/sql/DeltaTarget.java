package io.millrace.delta.sink.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.CommitFacts;
import io.millrace.delta.commit.CommitKind;
import io.millrace.delta.commit.CommitOutcome;
import io.millrace.delta.commit.CommittableBuilder;
import io.millrace.delta.commit.DeltaCommitter;
import io.millrace.delta.commit.Replaced;
import io.millrace.delta.commit.TargetPreparation;
import io.millrace.delta.sink.sql.DeltaSinkOptions.OverwriteScope;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.write.WriteSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;

/**
 * The table that a statement writes to.
 *
 * @param dataset its name
 * @param spec what is written where
 * @param columns of its rows, as the statement knows them
 * @param parameters recorded with each commit
 * @param overwrites what INSERT OVERWRITE replaces
 */
record DeltaTarget(
        String dataset,
        WriteSpec spec,
        List<Column> columns,
        Map<String, String> parameters,
        OverwriteScope overwrites) {

    DeltaTarget {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(spec, "spec is null");
        columns = List.copyOf(columns);
        parameters = Map.copyOf(parameters);
        requireNonNull(overwrites, "overwrites is null");
    }

    boolean keyed() {
        return !spec.keyColumns().isEmpty();
    }

    /**
     * Finds when planning what the job would be refused for when it starts.
     *
     * @param updates whether rows may be deleted or replaced
     * @throws io.millrace.delta.table.RefusedException naming what does not fit
     */
    void check(boolean updates) {
        new TargetPreparation(spec.table(), spec.definition()).check(updates);
    }

    /**
     * What INSERT OVERWRITE replaces.
     *
     * @param partition of its PARTITION clause
     */
    Replaced replaced(Map<String, String> partition) {
        boolean onePartition = partition.keySet().containsAll(spec.partitionColumns());
        boolean written = !onePartition && overwrites == OverwriteScope.PARTITIONS;
        return new Replaced(partition, written, Replaced.ALL.where());
    }

    /**
     * Deletes whole files, at once.
     *
     * @param statement for messages
     * @return how many rows that were
     */
    long delete(String statement, Replaced replaced) {
        DeltaTable table = spec.table();
        if (!table.exists()) {
            throw new ValidationException(
                    "%s: cannot %s: there is no table at %s. Insert into it first."
                            .formatted(dataset, statement, table.location()));
        }
        String id = UUID.randomUUID().toString();
        DeltaCommitter committer =
                new DeltaCommitter(
                        table,
                        spec.definition(),
                        new CommitFacts(id + "/" + dataset, parameters),
                        new CommitKind.Overwrite(replaced));
        try {
            CommitOutcome outcome =
                    committer.commit(new CommittableBuilder().build(1, id, 0, true, Map.of()));
            return outcome instanceof CommitOutcome.Committed committed
                    ? committed.counts().deleted()
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
