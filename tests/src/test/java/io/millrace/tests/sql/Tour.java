package io.millrace.tests.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.shell.OutputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The README's tour of SQL, taken from its text. */
public final class Tour {

    private static final Path README = Path.of("../README.md");
    private static final Pattern BLOCK =
            Pattern.compile("```(sql|text)\\n(.*?)```", Pattern.DOTALL);

    private Tour() {}

    /** Statements, and what the text shows behind them; empty where it shows nothing. */
    public record Stop(String sql, String shown) {}

    /** All of it, in the order of the text. */
    public static List<Stop> stops() throws IOException {
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

    /** Runs it in one session of {@code ./millrace sql}; fails where something else is shown. */
    public static void run(Path warehouse, List<Stop> stops)
            throws IOException, InterruptedException {
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
