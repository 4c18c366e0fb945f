package io.millrace.delta.source.sql;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.config.TableConfigOptions;

/** Times in options: an instant, or a local time in the session's zone. */
final class PointInTime {

    private PointInTime() {}

    /**
     * @param text {@code 2026-03-01T12:00:00.000Z}, {@code 2026-03-01T12:00+01:00}, {@code
     *     2026-03-01 12:00:00}, {@code 2026-03-01}
     */
    static Instant parse(
            String dataset, ConfigOption<String> option, String text, ReadableConfig session) {
        String iso = text.strip().replace(' ', 'T');
        try {
            if (!iso.contains("T")) {
                return LocalDate.parse(iso).atStartOfDay(zone(session)).toInstant();
            } else if (iso.endsWith("Z") || iso.matches(".*T.*[+-].*")) {
                return OffsetDateTime.parse(iso, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                        .toInstant();
            }
            return LocalDateTime.parse(iso).atZone(zone(session)).toInstant();
        } catch (DateTimeException e) {
            throw new ValidationException(
                    "%s: '%s' is no time: '%s'. Write an instant (2026-03-01T12:00:00Z) or a local time of the session's zone (2026-03-01 12:00:00)."
                            .formatted(dataset, option.key(), text),
                    e);
        }
    }

    private static ZoneId zone(ReadableConfig session) {
        String zone = session.get(TableConfigOptions.LOCAL_TIME_ZONE);
        return TableConfigOptions.LOCAL_TIME_ZONE.defaultValue().equals(zone)
                ? ZoneId.systemDefault()
                : ZoneId.of(zone);
    }
}
