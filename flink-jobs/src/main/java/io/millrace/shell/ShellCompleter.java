package io.millrace.shell;

import static java.util.Objects.requireNonNull;

import io.millrace.session.Session;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * Completes what stands before the cursor: commands, keywords, functions, tables and databases, and
 * the columns of the tables that the statement names.
 */
final class ShellCompleter implements Completer {
    private static final List<String> KEYWORDS =
            List.of(
                    ("SELECT DISTINCT FROM WHERE GROUP BY HAVING ORDER LIMIT OFFSET FETCH JOIN LEFT RIGHT FULL"
                                    + " INNER CROSS OUTER ON USING UNION ALL INTERSECT EXCEPT WITH AS AND OR NOT"
                                    + " NULL IS IN EXISTS BETWEEN LIKE CASE WHEN THEN ELSE END CAST INTERVAL DATE"
                                    + " TIMESTAMP ARRAY MAP ROW TRUE FALSE OVER PARTITION ROWS RANGE UNNEST LATERAL"
                                    + " TABLE DESCRIPTOR TUMBLE HOP CUMULATE SESSION FOR SYSTEM_TIME OF INSERT INTO"
                                    + " OVERWRITE VALUES UPDATE SET DELETE TRUNCATE CREATE DROP ALTER VIEW TEMPORARY"
                                    + " DATABASE IF PRIMARY KEY ENFORCED PARTITIONED COMMENT DESCRIBE SHOW TABLES"
                                    + " VIEWS DATABASES FUNCTIONS COLUMNS EXPLAIN CALL USE RESET OPTIONS")
                            .split(" "));
    private static final List<String> COMMANDS =
            List.of("\\d", "\\dn", "\\df", "\\s", "\\format", "\\limit", "\\h", "\\q");
    private static final Pattern NAME = Pattern.compile("`[^`]+`|[\\w$]+");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_]\\w*");

    private final Session session;

    ShellCompleter(Session session) {
        this.session = requireNonNull(session, "session is null");
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word = line.word().substring(0, line.wordCursor());
        int from = start(word);
        String before = word.substring(0, from);
        String begun = word.substring(from);
        for (String each : words(line.line(), begun)) {
            candidates.add(new Candidate(before + each, each, null, null, null, null, true));
        }
    }

    /** Where the name before the cursor begins in its word, such as {@code count(col}. */
    private static int start(String word) {
        int at = word.length();
        while (at > 0 && "(),.=<>+-*/[]".indexOf(word.charAt(at - 1)) < 0) {
            at--;
        }
        return at;
    }

    /** What a name that is begun may become, in a statement. */
    Set<String> words(String statement, String begun) {
        if (statement.strip().startsWith(ShellCommands.SIGN) && begun.startsWith("\\")) {
            return starting(COMMANDS, begun);
        }
        Set<String> words = new LinkedHashSet<>();
        StreamTableEnvironment tables = session.tables();
        List<String> names = Arrays.asList(tables.listTables());
        words.addAll(starting(columns(statement, names), begun));
        words.addAll(starting(names, begun));
        words.addAll(starting(Arrays.asList(tables.listDatabases()), begun));
        if (!begun.isEmpty()) {
            words.addAll(starting(Arrays.asList(tables.listFunctions()), begun));
            for (String keyword : starting(KEYWORDS, begun)) {
                boolean lower = Character.isLowerCase(begun.charAt(0));
                words.add(lower ? keyword.toLowerCase(Locale.ROOT) : keyword);
            }
        }
        return words;
    }

    private Set<String> columns(String statement, List<String> names) {
        Set<String> columns = new TreeSet<>();
        Matcher matcher = NAME.matcher(statement);
        while (matcher.find()) {
            String name = matcher.group().replace("`", "");
            String base = name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
            if (names.contains(base)) {
                columns.addAll(columnsOf(name));
            }
        }
        return columns;
    }

    /** None of a name that is only begun, or of a table that cannot be opened. */
    private List<String> columnsOf(String table) {
        try {
            return session.tables().from("`" + table + "`").getResolvedSchema().getColumnNames();
        } catch (ValidationException | TableException e) {
            return List.of();
        }
    }

    private static Set<String> starting(Iterable<String> words, String begun) {
        String start = begun.replace("`", "").toLowerCase(Locale.ROOT);
        Set<String> found = new TreeSet<>();
        for (String word : words) {
            if (word.toLowerCase(Locale.ROOT).startsWith(start)) {
                boolean quoted = begun.startsWith("`") || !isPlain(word);
                found.add(quoted ? "`" + word + "`" : word);
            }
        }
        return found;
    }

    private static boolean isPlain(String word) {
        return word.startsWith("\\") || PLAIN.matcher(word).matches();
    }
}
