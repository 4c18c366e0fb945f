package io.millrace.tests.bench;

import io.millrace.bench.Round;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spark in one warm JVM of its own, which takes commands on its standard input. */
final class SparkPeer implements AutoCloseable {

    private static final Pattern RESULT =
            Pattern.compile("RESULT .*\\brows=(\\d+) seconds=([0-9.]+) .*");

    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;

    /**
     * @param script the peer's {@code peer.sh}, built
     */
    SparkPeer(Path script) throws IOException {
        process =
                new ProcessBuilder(script.toString(), "-")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        commands = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The change feed of {@code orders} in the folder, from version 0, into Spark's noop sink. */
    Round scan(Path base, int cores) throws IOException {
        commands.println("spark-cdf-scan --base " + base + " --master local[" + cores + "]");
        Round found = null;
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            Matcher result = RESULT.matcher(line);
            if (result.matches()) {
                found =
                        new Round(
                                Long.parseLong(result.group(1)),
                                Double.parseDouble(result.group(2)),
                                0);
            } else if (line.startsWith("EXIT")) {
                if (found == null || !line.endsWith("0")) {
                    break;
                }
                return found;
            }
        }
        throw new IOException("Spark's scan of " + base + " failed");
    }

    @Override
    public void close() {
        commands.close();
        process.destroy();
    }
}
