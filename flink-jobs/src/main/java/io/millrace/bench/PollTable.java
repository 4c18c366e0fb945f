package io.millrace.bench;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.Table;
import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A table with many commits, made at once: its log is written as text, each commit replaces the
 * table's only file, which does not exist. Nobody reads rows of it.
 */
final class PollTable {

    /** How often a writer leaves a checkpoint by default (delta.checkpointInterval). */
    private static final int CHECKPOINT_INTERVAL = 10;

    private static final long FIRST_COMMIT = 1_700_000_000_000L;

    private static final String FIRST =
            """
            {"commitInfo":{"timestamp":%d,"operation":"CREATE TABLE","operationParameters":{}}}
            {"protocol":{"minReaderVersion":1,"minWriterVersion":4}}
            {"metaData":{"id":"bench-poll","format":{"provider":"parquet","options":{}},"schemaString":"{\\"type\\":\\"struct\\",\\"fields\\":[{\\"name\\":\\"id\\",\\"type\\":\\"long\\",\\"nullable\\":true,\\"metadata\\":{}}]}","partitionColumns":[],"configuration":{"delta.enableChangeDataFeed":"true"}}}
            """;

    private static final String NEXT =
            """
            {"commitInfo":{"timestamp":%d,"operation":"STREAMING UPDATE","operationParameters":{}}}
            {"add":{"path":"part-%d.parquet","partitionValues":{},"size":1000,"modificationTime":%d,"dataChange":true,"stats":"{\\"numRecords\\":1}"}}
            """;

    private static final String REPLACED =
            """
            {"remove":{"path":"part-%d.parquet","deletionTimestamp":%d,"dataChange":true}}
            """;

    private final Path location;

    PollTable(Path location) {
        this.location = requireNonNull(location, "location is null");
    }

    /**
     * @param commits how many, at least one
     * @param checkpointed whether the log has the checkpoint that a writer would have left last
     */
    void write(int commits, boolean checkpointed) {
        try {
            Path log = Files.createDirectories(location.resolve("_delta_log"));
            for (int version = 0; version < commits; version++) {
                Files.writeString(
                        log.resolve("%020d.json".formatted(version)),
                        commit(version),
                        StandardOpenOption.CREATE_NEW);
            }
            int last = (commits - 1) / CHECKPOINT_INTERVAL * CHECKPOINT_INTERVAL;
            if (checkpointed && last > 0) {
                DeltaTable table = DatasetResolver.table(location.toString(), StorageOptions.NONE);
                Table.forPath(table.engine(), table.location()).checkpoint(table.engine(), last);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(location + ": cannot make the table to poll", e);
        }
    }

    private static String commit(int version) {
        long time = FIRST_COMMIT + 1000L * version;
        if (version == 0) {
            return FIRST.formatted(time);
        }
        String added = NEXT.formatted(time, version, time);
        return version == 1 ? added : added + REPLACED.formatted(version - 1, time);
    }
}
