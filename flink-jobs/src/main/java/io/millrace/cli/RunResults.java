package io.millrace.cli;

import io.millrace.artifacts.RunRecord;
import io.millrace.artifacts.RunRecord.SinkChange;
import io.millrace.artifacts.RunRecord.SourceRead;
import io.millrace.pipeline.TargetRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run did, for people and programs. */
final class RunResults {
    private RunResults() {}

    /**
     * @param warnings what the guards found when it was planned
     */
    static CommandResult of(RunRecord record, List<String> warnings) {
        long changes =
                record.sinks().stream()
                        .mapToLong(s -> s.inserted() + s.updated() + s.deleted())
                        .sum();
        Map<String, Object> document = document(record);
        document.put("warnings", warnings);
        return new CommandResult(
                document,
                lines(record),
                "%s: %d rows changed in %.1f s"
                        .formatted(record.pipeline(), changes, record.seconds()));
    }

    static Map<String, Object> document(RunRecord record) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("pipeline", record.pipeline());
        document.put("run_id", record.runId());
        document.put("plan_id", record.planId());
        document.put("seconds", Math.round(record.seconds() * 1000) / 1000.0);
        List<Map<String, Object>> sources = new ArrayList<>();
        for (SourceRead source : record.sources()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dataset", source.dataset());
            entry.put("from_version", source.fromVersion());
            entry.put("to_version", source.toVersion());
            entry.put("rows", source.rows());
            sources.add(entry);
        }
        document.put("sources", sources);
        List<Map<String, Object>> sinks = new ArrayList<>();
        for (SinkChange sink : record.sinks()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dataset", sink.dataset());
            entry.put("path", sink.path());
            entry.put("version", sink.version());
            entry.put("inserted", sink.inserted());
            entry.put("updated", sink.updated());
            entry.put("deleted", sink.deleted());
            sinks.add(entry);
        }
        document.put("sinks", sinks);
        return document;
    }

    private static List<String> lines(RunRecord record) {
        List<String> lines = new ArrayList<>();
        int width =
                Math.max(
                        record.sources().stream()
                                .mapToInt(s -> s.dataset().length())
                                .max()
                                .orElse(0),
                        record.sinks().stream()
                                .mapToInt(s -> s.dataset().length())
                                .max()
                                .orElse(0));
        for (SourceRead source : record.sources()) {
            lines.add(
                    row(
                            "read %-" + width + "s  version %d -> %d, %,d rows",
                            source.dataset(),
                            source.fromVersion(),
                            source.toVersion(),
                            source.rows()));
        }
        for (SinkChange sink : record.sinks()) {
            lines.add(
                    row(
                            "into %-"
                                    + width
                                    + "s  version %d, %,d rows: +%,d inserted, ~%,d updated, -%,d deleted",
                            sink.dataset(),
                            sink.version(),
                            TargetRows.count(sink.path()),
                            sink.inserted(),
                            sink.updated(),
                            sink.deleted()));
        }
        return lines;
    }

    private static String row(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
