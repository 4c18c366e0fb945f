package io.millrace.tests.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.shell.OutputFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's tour of SQL, run from its text: each block of statements, and what it shows. */
class TourITCase {

    private static final Path README = Path.of("../README.md");
    private static final Pattern BLOCK =
            Pattern.compile("```(sql|text)\\n(.*?)```", Pattern.DOTALL);

    @TempDir private Path warehouse;

    /** Statements, and the rows that the text shows behind them. */
    private record Stop(String sql, String shown) {}

    private static List<Stop> tour() throws Exception {
        String text = Files.readString(README);
        int begin = text.indexOf("## A tour of SQL");
        assertThat(begin).isPositive();
        Matcher blocks = BLOCK.matcher(text.substring(begin, text.indexOf("\n## ", begin + 1)));
        List<Stop> stops = new ArrayList<>();
        while (blocks.find()) {
            if (blocks.group(1).equals("sql")) {
                stops.add(new Stop(blocks.group(2), ""));
            } else {
                stops.set(
                        stops.size() - 1,
                        new Stop(stops.get(stops.size() - 1).sql(), blocks.group(2)));
            }
        }
        return stops;
    }

    @Test
    void theTourShowsWhatTheReadmeSays() throws Exception {
        List<Stop> stops = tour();
        assertThat(stops).hasSize(5);
        try (CaseSession session = CaseSession.batch(warehouse)) {
            for (Stop stop : stops) {
                String shown = String.join("\n", session.run(stop.sql(), OutputFormat.table));
                if (!stop.shown().isEmpty()) {
                    assertThat(shown).as(stop.sql()).isEqualTo(stop.shown().stripTrailing());
                }
            }
        }
    }
}
