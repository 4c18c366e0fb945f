package io.millrace.codegraph;

import io.millrace.cli.CommandResult;
import io.millrace.codegraph.tables.ExtractedRevisions;
import io.millrace.codegraph.tables.RevisionReport;
import io.millrace.codegraph.tables.TableReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What {@code extract} prints. */
final class ExtractionSummary {
    private ExtractionSummary() {}

    static CommandResult of(Path warehouse, List<RevisionReport> reports, double seconds) {
        Map<String, Long> versions = new ExtractedRevisions(warehouse).newestVersions();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("warehouse", warehouse.toString());
        document.put("seconds", Math.round(seconds * 1000) / 1000.0);
        document.put("revisions", reports.stream().map(ExtractionSummary::revision).toList());
        document.put("tables", tables(warehouse, versions, reports));
        return new CommandResult(document, lines(versions, reports), message(reports, seconds));
    }

    private static Map<String, Object> revision(RevisionReport report) {
        Map<String, Object> revision = new LinkedHashMap<>();
        revision.put("repo", report.repository());
        revision.put("revision", report.revision());
        revision.put("files", report.files());
        revision.put("files_extracted", report.extracted());
        revision.put("files_deleted", report.deleted());
        revision.put("tables", report.tables().stream().map(ExtractionSummary::table).toList());
        return revision;
    }

    private static Map<String, Object> table(TableReport report) {
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("table", report.table());
        table.put("version", report.version());
        table.put("inserted", report.inserted());
        table.put("updated", report.updated());
        table.put("deleted", report.deleted());
        return table;
    }

    private static List<Map<String, Object>> tables(
            Path warehouse, Map<String, Long> versions, List<RevisionReport> reports) {
        Map<String, long[]> counts = counts(reports);
        List<Map<String, Object>> tables = new ArrayList<>();
        versions.forEach(
                (name, version) -> {
                    long[] count = counts.getOrDefault(name, new long[3]);
                    Map<String, Object> table = new LinkedHashMap<>();
                    table.put("table", name);
                    table.put("path", warehouse.resolve(name).toString());
                    table.put("version", version);
                    table.put("inserted", count[0]);
                    table.put("updated", count[1]);
                    table.put("deleted", count[2]);
                    tables.add(table);
                });
        return tables;
    }

    private static List<String> lines(Map<String, Long> versions, List<RevisionReport> reports) {
        Map<String, long[]> counts = counts(reports);
        List<String> lines = new ArrayList<>();
        versions.forEach(
                (name, version) -> {
                    long[] count = counts.getOrDefault(name, new long[3]);
                    lines.add(
                            String.format(
                                    Locale.ROOT,
                                    "%-12s version %d: %d inserted, %d updated, %d deleted",
                                    name,
                                    version,
                                    count[0],
                                    count[1],
                                    count[2]));
                });
        return lines;
    }

    private static Map<String, long[]> counts(List<RevisionReport> reports) {
        Map<String, long[]> counts = new TreeMap<>();
        for (RevisionReport report : reports) {
            for (TableReport table : report.tables()) {
                long[] count = counts.computeIfAbsent(table.table(), t -> new long[3]);
                count[0] += table.inserted();
                count[1] += table.updated();
                count[2] += table.deleted();
            }
        }
        return counts;
    }

    private static String message(List<RevisionReport> reports, double seconds) {
        if (reports.isEmpty()) {
            return "nothing to extract: all revisions are there already";
        }
        int files = reports.stream().mapToInt(RevisionReport::extracted).sum();
        return String.format(
                Locale.ROOT,
                "extracted %s, %s, in %.1f s",
                count(reports.size(), "revision"),
                count(files, "file"),
                seconds);
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
