package io.millrace.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.commit.CommitParameters;
import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.table.CommitSummary;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import io.millrace.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.table.operations.TruncateTableOperation;

/** The Delta tables that a statement writes, and the commits that it made there. */
final class StatementTargets {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * @param before the version before the statement, -1 where there was no table
     */
    private record Target(DeltaTable table, long before) {}

    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final TableEnvironmentInternal tables;
    private final StorageOptions storage;

    private StatementTargets(TableEnvironmentInternal tables, StorageOptions storage) {
        this.tables = tables;
        this.storage = storage;
    }

    /** What a statement will write, as it is now. */
    static StatementTargets of(Session session, Operation operation) {
        StatementTargets found =
                new StatementTargets(
                        (TableEnvironmentInternal) session.tables(), session.profile().storage());
        found.add(operation);
        return found;
    }

    private void add(Operation operation) {
        if (operation instanceof StatementSetOperation set) {
            set.getOperations().forEach(this::add);
        } else if (operation instanceof SinkModifyOperation modify) {
            ContextResolvedTable table = modify.getContextResolvedTable();
            add(table.getIdentifier(), table.getResolvedTable());
        } else if (operation instanceof TruncateTableOperation truncate) {
            ObjectIdentifier name = truncate.getTableIdentifier();
            tables.getCatalogManager()
                    .getTable(name)
                    .ifPresent(table -> add(name, table.getResolvedTable()));
        }
    }

    private void add(ObjectIdentifier name, CatalogBaseTable description) {
        Map<String, String> options = description.getOptions();
        String path = options.get("path");
        if ("delta".equals(options.get("connector")) && path != null) {
            StorageOptions own = StorageOptions.ofTable(name.getObjectName(), options);
            DeltaTable table = DatasetResolver.table(path, storage.with(own));
            long before = table.exists() ? table.snapshot().version() : -1;
            targets.put(name.getObjectName(), new Target(table, before));
        }
    }

    boolean isEmpty() {
        return targets.isEmpty();
    }

    /** The commits with rows that a run made since. */
    List<Committed> commits(String run, StatementJournal.Entry journal) {
        List<Committed> commits = new ArrayList<>();
        targets.forEach(
                (name, target) -> {
                    if (target.table().exists()) {
                        read(name, target, run, journal, commits);
                    }
                });
        return commits;
    }

    private static void read(
            String name,
            Target target,
            String run,
            StatementJournal.Entry journal,
            List<Committed> commits) {
        try (CloseableIterator<CommitSummary> history =
                target.table().log().history(target.before() + 1)) {
            while (history.hasNext()) {
                CommitSummary commit = history.next();
                Map<String, String> parameters = commit.info().parameters();
                if (run.equals(parameters.get(CommitParameters.RUN))) {
                    counts(parameters)
                            .map(counts -> committed(name, commit.version(), counts))
                            .ifPresent(
                                    committed -> {
                                        commits.add(committed);
                                        journal.committed(name, target.table(), commit);
                                    });
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": its commits cannot be read", e);
        }
    }

    private static Optional<JsonNode> counts(Map<String, String> parameters) {
        String counts = parameters.get(CommitParameters.COUNTS);
        try {
            return counts == null ? Optional.empty() : Optional.of(JSON.readTree(counts));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Committed committed(String name, long version, JsonNode counts) {
        return new Committed(
                name,
                version,
                counts.path("inserted").asLong(),
                counts.path("updated").asLong(),
                counts.path("deleted").asLong());
    }
}
