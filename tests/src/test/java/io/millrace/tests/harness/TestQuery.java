package io.millrace.tests.harness;

import static io.millrace.tests.harness.TableLayout.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Queries over {@code items(id, link, val, part)} and {@code dims(id, name)}, each with what it
 * gives, in plain Java.
 */
enum TestQuery {
    /** Every row as it is. */
    COPY(
            "`id` BIGINT, `link` BIGINT, `val` BIGINT, `part` STRING",
            "id",
            "SELECT id, link, %s AS val, part FROM items") {
        @Override
        List<List<Object>> rows(Map<Long, List<Object>> items, Map<Long, List<Object>> dims) {
            return List.copyOf(items.values());
        }
    },

    /** Groups come and go; sums of nothing are null. */
    AGGREGATE(
            "`link` BIGINT, `n` BIGINT, `total` BIGINT, `top` BIGINT",
            "link",
            "SELECT link, COUNT(*) AS n, SUM(%s) AS total, MAX(val) AS top FROM items"
                    + " WHERE link IS NOT NULL GROUP BY link") {
        @Override
        List<List<Object>> rows(Map<Long, List<Object>> items, Map<Long, List<Object>> dims) {
            Map<Long, List<Long>> groups = new TreeMap<>();
            for (List<Object> item : items.values()) {
                if (item.get(1) != null) {
                    groups.computeIfAbsent((Long) item.get(1), k -> new ArrayList<>())
                            .add((Long) item.get(2));
                }
            }
            List<List<Object>> rows = new ArrayList<>();
            groups.forEach(
                    (link, values) -> {
                        List<Long> known = values.stream().filter(Objects::nonNull).toList();
                        rows.add(
                                row(
                                        link,
                                        (long) values.size(),
                                        known.stream().reduce(Long::sum).orElse(null),
                                        known.stream().reduce(Long::max).orElse(null)));
                    });
            return rows;
        }
    },

    /** The join key changes under a fixed sink key: a row moves from one partner to another. */
    JOIN(
            "`id` BIGINT, `name` STRING, `val` BIGINT",
            "id",
            "SELECT items.id, dims.name, %s AS val FROM items JOIN dims ON items.link = dims.id") {
        @Override
        List<List<Object>> rows(Map<Long, List<Object>> items, Map<Long, List<Object>> dims) {
            List<List<Object>> rows = new ArrayList<>();
            for (List<Object> item : items.values()) {
                List<Object> partner = partner(dims, item.get(1));
                if (partner != null) {
                    rows.add(row(item.get(0), partner.get(1), item.get(2)));
                }
            }
            return rows;
        }
    },

    /** As the join, but a row without partner stays. */
    LEFT_JOIN(
            "`id` BIGINT, `name` STRING, `val` BIGINT",
            "id",
            "SELECT items.id, dims.name, %s AS val FROM items LEFT JOIN dims"
                    + " ON items.link = dims.id") {
        @Override
        List<List<Object>> rows(Map<Long, List<Object>> items, Map<Long, List<Object>> dims) {
            List<List<Object>> rows = new ArrayList<>();
            for (List<Object> item : items.values()) {
                List<Object> partner = partner(dims, item.get(1));
                rows.add(row(item.get(0), partner == null ? null : partner.get(1), item.get(2)));
            }
            return rows;
        }
    },

    /** Both sides are one table, with other filters, and have to be at one version. */
    SELF_JOIN(
            "`id` BIGINT, `val` BIGINT, `other` BIGINT, `part` STRING",
            "id",
            "SELECT a.id, %s AS val, b.val AS other, b.part FROM (SELECT * FROM items WHERE id > 2)"
                    + " a JOIN (SELECT id, val, part FROM items WHERE id < 9) b"
                    + " ON a.link = b.id") {
        @Override
        List<List<Object>> rows(Map<Long, List<Object>> items, Map<Long, List<Object>> dims) {
            List<List<Object>> rows = new ArrayList<>();
            for (List<Object> a : items.values()) {
                List<Object> b = partner(items, a.get(1));
                if ((Long) a.get(0) > 2 && b != null && (Long) b.get(0) < 9) {
                    rows.add(row(a.get(0), a.get(2), b.get(2), b.get(3)));
                }
            }
            return rows;
        }

        @Override
        String value() {
            return "a.val";
        }
    };

    private final String columns;
    private final String key;
    private final String select;

    TestQuery(String columns, String key, String select) {
        this.columns = columns;
        this.key = key;
        this.select = select;
    }

    /** What the query gives over these versions of its tables. */
    abstract List<List<Object>> rows(Map<Long, List<Object>> items, Map<Long, List<Object>> dims);

    String key() {
        return key;
    }

    boolean hasPartitionColumn() {
        return columns.contains("`part`");
    }

    /** Columns of the target in Flink SQL. */
    String targetColumns() {
        return columns + ", PRIMARY KEY (`" + key + "`) NOT ENFORCED";
    }

    /** The query, its value through {@code fault()} if asked for. */
    String select(boolean withFaults) {
        return select.formatted(withFaults ? "fault(" + value() + ")" : value());
    }

    String value() {
        return "val";
    }

    private static List<Object> partner(Map<Long, List<Object>> table, Object link) {
        return link == null ? null : table.get((Long) link);
    }
}
