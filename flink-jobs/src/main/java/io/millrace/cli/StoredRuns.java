package io.millrace.cli;

import io.millrace.artifacts.store.ArtifactReader;
import io.millrace.artifacts.store.ArtifactTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is stored about runs and plans, as documents and lines. */
final class StoredRuns {
    private static final List<ArtifactTable> OF_A_RUN =
            List.of(
                    ArtifactTable.RUN_EVENTS,
                    ArtifactTable.DATASETS,
                    ArtifactTable.SCAN_UNITS,
                    ArtifactTable.CURSORS,
                    ArtifactTable.COMMITS,
                    ArtifactTable.OPERATOR_METRICS);

    private static final List<ArtifactTable> OF_A_PLAN =
            List.of(
                    ArtifactTable.LINEAGE,
                    ArtifactTable.REQUIRED_FUNCTIONS,
                    ArtifactTable.SETTINGS,
                    ArtifactTable.RUNS);

    /** Columns that say again which run or plan it is. */
    private static final Set<String> SAID = Set.of("run_id", "pipeline", "plan_id");

    private static final List<String> OF_AN_OPERATOR =
            List.of(
                    "exec_node_id",
                    "operator",
                    "parallelism",
                    "rows_in",
                    "rows_out",
                    "busy_ms",
                    "back_pressured_ms",
                    "state_bytes",
                    "held_rows",
                    "skew",
                    "description");

    private static final int SHORT = 8;
    private static final int LONGEST = 60;

    private final ArtifactReader reader;

    StoredRuns(Path warehouse) {
        this.reader = new ArtifactReader(warehouse);
    }

    CommandResult list(int last) {
        List<Map<String, Object>> all =
                new ArrayList<>(reader.rows(ArtifactTable.RUNS, row -> true));
        all.sort(
                Comparator.comparing((Map<String, Object> row) -> (Instant) row.get("started_at"))
                        .reversed());
        List<Map<String, Object>> shown = all.subList(0, Math.min(Math.max(last, 0), all.size()));
        List<List<String>> table = new ArrayList<>();
        for (Map<String, Object> row : shown) {
            table.add(
                    List.of(
                            text(row.get("started_at")),
                            text(row.get("pipeline")),
                            text(row.get("verb")),
                            text(row.get("status")),
                            text(row.get("seconds")) + " s",
                            "plan " + shortened(text(row.get("plan_id"))),
                            text(row.get("run_id"))));
        }
        return new CommandResult(
                Map.of("runs", shown.stream().map(StoredRuns::document).toList()),
                aligned(table),
                shown.size() + " of " + all.size() + " runs");
    }

    CommandResult run(String id) {
        Map<String, Object> run = only("run_id", id, ArtifactTable.RUNS, ArtifactTable.RUN_EVENTS);
        return shown("run_id", text(run.get("run_id")), run, OF_A_RUN);
    }

    /** A result, with what the operators of its run did; none where there was nothing to do. */
    CommandResult analyzed(CommandResult result, String runId) {
        List<Map<String, Object>> all =
                reader.rows(ArtifactTable.OPERATOR_METRICS, row -> runId.equals(row.get("run_id")));
        Instant newest =
                all.stream()
                        .map(row -> (Instant) row.get("measured_at"))
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.MIN);
        List<Map<String, Object>> operators =
                all.stream()
                        .filter(row -> newest.equals(row.get("measured_at")))
                        .sorted(Comparator.comparing(StoredRuns::order))
                        .toList();
        Map<String, Object> document = new LinkedHashMap<>(result.document());
        document.put("operators", operators.stream().map(StoredRuns::document).toList());
        List<String> lines = new ArrayList<>(result.lines());
        lines.add("");
        if (operators.isEmpty()) {
            lines.add("no operators: there was no job, or nothing is stored of it");
        } else {
            List<List<String>> table = new ArrayList<>();
            table.add(OF_AN_OPERATOR);
            for (Map<String, Object> row : operators) {
                table.add(OF_AN_OPERATOR.stream().map(c -> shown(c, row.get(c))).toList());
            }
            lines.addAll(aligned(table));
        }
        return new CommandResult(document, lines, result.message());
    }

    private static String shown(String column, Object value) {
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, "%.2f", number);
        }
        String text = text(value);
        return column.equals("description") && text.length() > LONGEST
                ? text.substring(0, LONGEST) + "..."
                : text;
    }

    CommandResult plan(String id) {
        Map<String, Object> plan = only("plan_id", id, ArtifactTable.BUNDLES);
        return shown("plan_id", text(plan.get("plan_id")), plan, OF_A_PLAN);
    }

    /** The one whose id begins so; a run that has not ended has events only. */
    private Map<String, Object> only(String column, String id, ArtifactTable... tables) {
        for (ArtifactTable table : tables) {
            List<Map<String, Object>> found =
                    reader.rows(table, row -> text(row.get(column)).startsWith(id));
            Set<String> ids = new TreeSet<>();
            found.forEach(row -> ids.add(text(row.get(column))));
            if (ids.size() > 1) {
                throw new UsageException("'" + id + "' is the begin of several ids: " + ids);
            }
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
        throw new UsageException(
                "nothing is stored with the id '" + id + "'; ./millrace artifacts lists runs");
    }

    private CommandResult shown(
            String column, String id, Map<String, Object> first, List<ArtifactTable> parts) {
        Map<String, Object> document = document(first);
        List<String> lines = new ArrayList<>();
        first.forEach((name, value) -> addField(lines, name, value));
        for (ArtifactTable part : parts) {
            List<Map<String, Object>> rows =
                    reader.rows(part, row -> id.equals(row.get(column))).stream()
                            .sorted(Comparator.comparing(StoredRuns::order))
                            .toList();
            document.put(part.tableName(), rows.stream().map(StoredRuns::document).toList());
            if (!rows.isEmpty()) {
                lines.add("");
                lines.add(part.tableName());
                lines.addAll(table(part, rows));
            }
        }
        return new CommandResult(document, lines, column.replace("_id", " ") + id);
    }

    /** By time where rows have one, else as they read. */
    private static String order(Map<String, Object> row) {
        StringBuilder order = new StringBuilder();
        row.values().stream()
                .filter(Instant.class::isInstance)
                .forEach(time -> order.append(time).append(' '));
        Object node = row.get("exec_node_id");
        return (node instanceof Integer number ? "%06d".formatted(number) : "") + order + row;
    }

    private static void addField(List<String> lines, String name, Object value) {
        String text = text(value);
        if (text.contains("\n")) {
            lines.add(name);
            text.lines().forEach(line -> lines.add("  " + line));
        } else if (!text.isEmpty()) {
            lines.add("%-16s %s".formatted(name, text));
        }
    }

    private static List<String> table(ArtifactTable part, List<Map<String, Object>> rows) {
        List<String> columns =
                part.rowType().getFieldNames().stream()
                        .filter(name -> part == ArtifactTable.RUNS || !SAID.contains(name))
                        .filter(name -> rows.stream().anyMatch(row -> row.get(name) != null))
                        .toList();
        List<List<String>> table = new ArrayList<>();
        table.add(columns);
        for (Map<String, Object> row : rows) {
            table.add(columns.stream().map(column -> text(row.get(column))).toList());
        }
        return aligned(table).stream().map(line -> "  " + line).toList();
    }

    private static List<String> aligned(List<List<String>> table) {
        int columns = table.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : table) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : table) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static Map<String, Object> document(Map<String, Object> row) {
        Map<String, Object> document = new LinkedHashMap<>();
        row.forEach(
                (name, value) ->
                        document.put(
                                name, value instanceof Instant time ? time.toString() : value));
        return document;
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(SHORT, id.length()));
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
