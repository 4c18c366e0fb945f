package io.millrace.tests.scan;

import io.millrace.tests.scan.ModelTable.Change;
import io.millrace.tests.scan.ModelTable.Version;
import io.millrace.tests.scan.ModelType.Field;
import io.millrace.tests.scan.ModelType.Primitive;
import io.millrace.tests.scan.ModelType.Struct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/** A random statement over a model table, and what is wrong with what it gives. */
final class RandomScan {

    /** Behind the name of a table: the same with metadata columns. */
    static final String WITH_METADATA = "_with_metadata";

    private enum Mode {
        SNAPSHOT,
        FEED,
        APPEND_ONLY,
        CHANGELOG
    }

    private final Random random;
    private final ModelTable table;
    private final boolean streaming;
    private final Mode mode;
    private final Map<String, String> options = new TreeMap<>();
    private final List<Change> rows = new ArrayList<>();
    private final List<ScanExpression> expressions;
    private final List<ScanExpression> items = new ArrayList<>();
    private String name;
    private boolean fromStart;
    private Struct columns;
    private ScanCondition condition = new ScanCondition("", row -> Optional.of(true));
    private int limit = -1;
    private boolean aggregates;

    RandomScan(String name, ModelTable table, boolean streaming, Random random) {
        this.name = name;
        this.table = table;
        this.streaming = streaming;
        this.random = random;
        this.columns = table.columns();
        this.mode = Mode.values()[random.nextInt(streaming ? 4 : 3)];
        switch (mode) {
            case SNAPSHOT -> snapshot();
            case FEED -> feed();
            case APPEND_ONLY -> appendOnly();
            case CHANGELOG -> changelog();
        }
        expressions = ScanExpression.of(columns);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            items.add(expressions.get(random.nextInt(expressions.size())));
        }
        if (random.nextInt(4) > 0) {
            List<Map<String, Object>> samples = rows.stream().map(Change::row).toList();
            condition = ScanCondition.random(expressions, samples, 2, random);
        }
        if (!streaming && random.nextInt(6) == 0) {
            limit = 1 + random.nextInt(20);
        } else if (!streaming && mode == Mode.SNAPSHOT && random.nextInt(3) == 0) {
            aggregates = true;
            items.removeIf(
                    item ->
                            !(item.type() instanceof Primitive primitive)
                                    || primitive.kind() == ModelPrimitive.BOOLEAN
                                    || !primitive.kind().isCompared());
        }
    }

    private void snapshot() {
        int version = random.nextInt(table.versions().size());
        Version read = table.versions().get(version);
        switch (random.nextInt(3)) {
            case 0 -> {
                version = table.newest();
                options.put("scan.mode", "snapshot");
            }
            case 1 -> {
                boolean sameColumns = read.columns().equals(table.columns());
                version = sameColumns ? version : table.newest();
                options.put("scan.version", String.valueOf(version));
            }
            default -> name += "$v" + version;
        }
        read = table.versions().get(version);
        columns = read.columns();
        read.rows().forEach(row -> rows.add(new Change("insert", row)));
    }

    private void feed() {
        if (random.nextBoolean()) {
            name += "$changes";
        } else {
            options.put("scan.mode", "feed");
        }
        int start = random.nextBoolean() ? 0 : random.nextInt(table.versions().size());
        if (start > 0) {
            options.put("scan.start-version", String.valueOf(start));
        }
        addFeed(start, end(start));
        withMetadata();
    }

    private void appendOnly() {
        options.put("scan.mode", "append-only");
        options.put("scan.append-only.on-other-changes", "skip");
        int start = random.nextInt(table.versions().size());
        options.put("scan.start-version", String.valueOf(start));
        int end = end(start);
        for (int version = start; version <= end; version++) {
            if (!table.versions().get(version).removes()) {
                for (Map<String, Object> row : table.versions().get(version).added()) {
                    add(version, new Change("insert", row));
                }
            }
        }
        withMetadata();
    }

    private void changelog() {
        options.put("scan.mode", "changelog");
        fromStart = random.nextBoolean();
        int start = fromStart ? 0 : random.nextInt(table.versions().size());
        if (!fromStart) {
            options.put("scan.start-version", String.valueOf(start));
        }
        if (fromStart) {
            // The snapshot that it begins with has to have the columns of the statement.
            while (!table.versions().get(start).columns().equals(columns)) {
                start++;
            }
        }
        int end = end(start);
        if (fromStart) {
            table.versions().get(end).rows().forEach(row -> rows.add(new Change("insert", row)));
        } else {
            addFeed(start, end);
            withMetadata();
        }
    }

    private int end(int start) {
        int end = start + random.nextInt(table.versions().size() - start);
        if (!streaming && random.nextBoolean()) {
            return table.newest();
        }
        options.put("scan.end-version", String.valueOf(end));
        return end;
    }

    private void addFeed(int start, int end) {
        for (int version = start; version <= end; version++) {
            for (Change change : table.versions().get(version).feed()) {
                add(version, change);
            }
        }
    }

    private void add(int version, Change change) {
        Map<String, Object> row = new LinkedHashMap<>(change.row());
        row.put("_change_type", change.type());
        row.put("_commit_version", (long) version);
        rows.add(new Change(change.type(), row));
    }

    private void withMetadata() {
        if (!name.contains("$")) {
            name += WITH_METADATA;
        }
        List<Field> fields = new ArrayList<>(columns.fields());
        fields.add(metadata("_change_type", ModelPrimitive.STRING));
        fields.add(metadata("_commit_version", ModelPrimitive.LONG));
        columns = new Struct(fields);
    }

    private static Field metadata(String name, ModelPrimitive kind) {
        return new Field(name, name, 0, new Primitive(kind));
    }

    String sql() {
        String hints =
                options.entrySet().stream()
                        .map(e -> "'" + e.getKey() + "' = '" + e.getValue() + "'")
                        .collect(Collectors.joining(", "));
        String selected =
                items.stream()
                        .map(ScanExpression::sql)
                        .map(sql -> aggregates ? "MIN(%s), MAX(%s)".formatted(sql, sql) : sql)
                        .collect(Collectors.joining(", "));
        if (aggregates) {
            selected = "COUNT(*)" + (selected.isEmpty() ? "" : ", " + selected);
        }
        return "SELECT "
                + selected
                + " FROM `"
                + name
                + "`"
                + (hints.isEmpty() ? "" : " /*+ OPTIONS(" + hints + ") */")
                + " AS t"
                + (condition.sql().isEmpty() ? "" : " WHERE " + condition.sql())
                + (limit < 0 ? "" : " LIMIT " + limit);
    }

    /** What is wrong with the rows that the statement gave; empty if nothing is. */
    String wrong(List<Row> given) {
        Map<String, Integer> expected = new HashMap<>();
        List<Change> wanted = rows.stream().filter(c -> condition.holds(c.row())).toList();
        if (aggregates) {
            expected.put("+" + aggregated(wanted), 1);
        } else {
            for (Change change : wanted) {
                boolean adds = mode != Mode.CHANGELOG || change.adds();
                String text = items.stream().map(i -> i.text(change.row())).toList().toString();
                expected.merge((adds ? "+" : "-") + text, 1, Integer::sum);
            }
        }
        Map<String, Integer> found = new HashMap<>();
        for (Row row : given) {
            boolean adds = row.getKind() == RowKind.INSERT || row.getKind() == RowKind.UPDATE_AFTER;
            String text = text(row);
            if (fromStart && !adds) {
                if (found.merge("+" + text, -1, Integer::sum) < 0) {
                    return "retracted before it was there: " + text;
                }
            } else {
                found.merge((adds ? "+" : "-") + text, 1, Integer::sum);
            }
        }
        if (limit >= 0) {
            int count = Math.min(limit, wanted.size());
            Map<String, Integer> tooMany = more(found, expected);
            return given.size() == count && tooMany.isEmpty()
                    ? ""
                    : "%d rows instead of %d, too many: %s".formatted(given.size(), count, tooMany);
        }
        Map<String, Integer> missing = more(expected, found);
        Map<String, Integer> tooMany = more(found, expected);
        return missing.isEmpty() && tooMany.isEmpty()
                ? ""
                : "missing: " + missing + ", too many: " + tooMany;
    }

    private String aggregated(List<Change> wanted) {
        List<String> texts = new ArrayList<>(List.of(String.valueOf(wanted.size())));
        for (ScanExpression item : items) {
            ModelPrimitive kind = ((Primitive) item.type()).kind();
            List<Object> values = new ArrayList<>();
            for (Change change : wanted) {
                values.add(item.value().apply(change.row()));
            }
            values.removeIf(value -> value == null);
            values.sort(kind::compare);
            boolean none = values.isEmpty();
            texts.add(item.type().text(none ? null : values.get(0)));
            texts.add(item.type().text(none ? null : values.get(values.size() - 1)));
        }
        return texts.toString();
    }

    private String text(Row row) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < row.getArity(); i++) {
            Object value = row.getField(i);
            boolean count = aggregates && i == 0;
            int item = aggregates ? (i - 1) / 2 : i;
            texts.add(count ? String.valueOf(value) : items.get(item).type().text(value));
        }
        return texts.toString();
    }

    private static Map<String, Integer> more(Map<String, Integer> left, Map<String, Integer> than) {
        Map<String, Integer> more = new TreeMap<>();
        left.forEach(
                (text, count) -> {
                    int others = than.getOrDefault(text, 0);
                    if (count > others) {
                        more.put(text, count - others);
                    }
                });
        return more;
    }
}
