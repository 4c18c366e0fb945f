package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.source.metadata.TablePartitions;
import io.millrace.delta.table.CacheUse;
import io.millrace.delta.table.TableSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;

/**
 * The partitions of Delta tables, found by reading the list of a version's files; of the versions
 * asked for last the answer is kept, since a version never changes.
 */
final class PartitionLists {

    private static final int LIMIT = 64;

    /** How Flink writes the partition of null. */
    private static final String NULL = "__DEFAULT_PARTITION__";

    private final TableLookup lookup;
    private final LinkedHashMap<Version, List<CatalogPartitionSpec>> kept =
            new LinkedHashMap<>(16, 0.75f, true);
    private long hits;
    private long misses;
    private long evictions;

    private record Version(String tableId, long version) {}

    PartitionLists(TableLookup lookup) {
        this.lookup = requireNonNull(lookup, "lookup is null");
    }

    /**
     * Partitions of the newest version. None of a pipeline's sources and results: the planner asks
     * for them to add up statistics, which plans of pipelines must not follow.
     */
    List<CatalogPartitionSpec> of(ObjectPath path) {
        Optional<CatalogBaseTable> table =
                lookup.isRegistered(path) ? Optional.empty() : lookup.find(path);
        boolean partitioned =
                table.filter(DerivedTables::isDelta).isPresent()
                        && table.get() instanceof CatalogTable plain
                        && plain.isPartitioned();
        if (!partitioned) {
            return List.of();
        }
        TableSnapshot snapshot = lookup.open(Request.ofTable(table.get().getOptions())).snapshot();
        return of(snapshot);
    }

    private synchronized List<CatalogPartitionSpec> of(TableSnapshot snapshot) {
        Version version = new Version(snapshot.metadata().id(), snapshot.version());
        List<CatalogPartitionSpec> known = kept.get(version);
        if (known != null) {
            hits++;
            return known;
        }
        misses++;
        List<CatalogPartitionSpec> found =
                TablePartitions.of(snapshot).stream().map(PartitionLists::spec).toList();
        kept.put(version, found);
        while (kept.size() > LIMIT) {
            kept.remove(kept.keySet().iterator().next());
            evictions++;
        }
        return found;
    }

    private static CatalogPartitionSpec spec(Map<String, String> values) {
        Map<String, String> spec = new LinkedHashMap<>();
        values.forEach((column, value) -> spec.put(column, value == null ? NULL : value));
        return new CatalogPartitionSpec(spec);
    }

    synchronized CacheUse use() {
        return new CacheUse(
                "partitions", kept.size(), LIMIT, OptionalLong.empty(), hits, misses, evictions);
    }
}
