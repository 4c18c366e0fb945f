package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.Dataset;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.scan.Predicates;
import io.millrace.delta.scan.SnapshotFiles;
import io.millrace.delta.scan.SnapshotSummary;
import io.millrace.delta.source.sql.DeltaSourceOptions;
import io.millrace.delta.table.CacheUse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataBase;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataDate;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataDouble;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataLong;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataString;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.flink.table.catalog.stats.Date;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * What logs know of the rows of Delta tables, for the planner's estimates: how many there are
 * (those that deletion vectors hide do not count), and of columns the bounds and how many are null.
 * Found by reading the list of a version's files; of the versions asked for last the answer is
 * kept, since a version never changes.
 */
final class LogStatistics {

    private static final int LIMIT = 64;

    private final TableLookup lookup;
    private final boolean told;
    private final LinkedHashMap<Version, Known> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long hits;
    private long misses;
    private long evictions;

    private record Version(String tableId, long version, String columns) {}

    private record Known(CatalogTableStatistics table, CatalogColumnStatistics columns) {
        static final Known NOTHING =
                new Known(CatalogTableStatistics.UNKNOWN, CatalogColumnStatistics.UNKNOWN);
    }

    /**
     * @param told whether the planner is told anything
     */
    LogStatistics(TableLookup lookup, boolean told) {
        this.lookup = requireNonNull(lookup, "lookup is null");
        this.told = told;
    }

    CatalogTableStatistics ofTable(ObjectPath path) {
        return of(path).table();
    }

    CatalogColumnStatistics ofColumns(ObjectPath path) {
        return of(path).columns();
    }

    /** Of a table at its newest version, or at the one that it says; of nothing else. */
    private Known of(ObjectPath path) {
        Optional<CatalogBaseTable> table =
                told ? lookup.find(path).filter(DerivedTables::isDelta) : Optional.empty();
        if (table.isEmpty()) {
            return Known.NOTHING;
        }
        Map<String, String> options = table.get().getOptions();
        if (options.containsKey(DeltaSourceOptions.SCAN_MODE.key())
                || options.containsKey(DeltaSourceOptions.SCAN_TIMESTAMP.key())) {
            return Known.NOTHING;
        }
        String version = options.get(DeltaSourceOptions.SCAN_VERSION.key());
        Request request = Request.ofTable(options);
        return of(lookup.resolve(version == null ? request : request.at(Long.parseLong(version))));
    }

    private synchronized Known of(Dataset dataset) {
        Version version =
                new Version(
                        dataset.snapshot().metadata().id(),
                        dataset.version(),
                        dataset.scan().identityHash());
        Known known = kept.get(version);
        if (known != null) {
            hits++;
            return known;
        }
        misses++;
        Known found = read(dataset);
        kept.put(version, found);
        while (kept.size() > LIMIT) {
            kept.remove(kept.keySet().iterator().next());
            evictions++;
        }
        return found;
    }

    private static Known read(Dataset dataset) {
        Map<String, String> inTable = new TreeMap<>();
        for (String column : dataset.rowType().getFieldNames()) {
            if (dataset.scan().alignment().isPlain(column)) {
                dataset.scan()
                        .alignment()
                        .tableName(column)
                        .ifPresent(name -> inTable.put(column, name));
            }
        }
        SnapshotSummary summary =
                new SnapshotFiles(dataset.table(), OptionalLong.of(dataset.version()))
                        .summary(
                                Predicates.and(List.of()),
                                inTable.values().stream().sorted().toList());
        if (summary.rows().isEmpty()) {
            return Known.NOTHING;
        }
        Map<String, CatalogColumnStatisticsDataBase> columns = new HashMap<>();
        inTable.forEach(
                (column, name) -> {
                    LogicalType type =
                            dataset.rowType().getTypeAt(dataset.rowType().getFieldIndex(column));
                    Optional.ofNullable(summary.columns().get(name))
                            .flatMap(said -> column(said, type))
                            .ifPresent(found -> columns.put(column, found));
                });
        return new Known(
                new CatalogTableStatistics(
                        summary.rows().getAsLong(),
                        Math.toIntExact(summary.filesKept()),
                        summary.bytes(),
                        summary.bytes()),
                new CatalogColumnStatistics(columns));
    }

    /** In the forms that catalogs have; of decimals and times they have no bounds. */
    private static Optional<CatalogColumnStatisticsDataBase> column(
            SnapshotSummary.Column said, LogicalType type) {
        Long nulls = said.nulls().isPresent() ? said.nulls().getAsLong() : null;
        Optional<Object> least = said.minimum(type);
        Optional<Object> greatest = said.maximum(type);
        return switch (type.getTypeRoot()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT ->
                    Optional.of(
                            new CatalogColumnStatisticsDataLong(
                                    whole(least), whole(greatest), null, nulls));
            case FLOAT, DOUBLE ->
                    Optional.of(
                            new CatalogColumnStatisticsDataDouble(
                                    floating(least), floating(greatest), null, nulls));
            case DECIMAL ->
                    Optional.of(new CatalogColumnStatisticsDataDouble(null, null, null, nulls));
            case DATE ->
                    Optional.of(
                            new CatalogColumnStatisticsDataDate(
                                    day(least), day(greatest), null, nulls));
            case CHAR, VARCHAR ->
                    Optional.of(new CatalogColumnStatisticsDataString(null, null, null, nulls));
            default -> Optional.empty();
        };
    }

    private static Long whole(Optional<Object> value) {
        return value.map(number -> ((Number) number).longValue()).orElse(null);
    }

    private static Double floating(Optional<Object> value) {
        return value.map(number -> ((Number) number).doubleValue()).orElse(null);
    }

    private static Date day(Optional<Object> value) {
        return value.map(number -> new Date(((Number) number).longValue())).orElse(null);
    }

    synchronized CacheUse use() {
        return new CacheUse(
                "statistics", kept.size(), LIMIT, OptionalLong.empty(), hits, misses, evictions);
    }
}
