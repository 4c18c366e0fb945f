package io.millrace.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Answers commands read from standard input, one a line, words separated by tabs, in one warm JVM.
 * Each answer is any number of lines and then {@code OK} or {@code FAILED message}.
 */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws IOException {
        try (var commands = new Commands()) {
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(answer(commands, List.of(line.split("\t", -1))));
                System.out.flush();
            }
        }
    }

    private static String answer(Commands commands, List<String> words) {
        try {
            commands.run(words.get(0), words.subList(1, words.size()));
            return "OK";
        } catch (Exception e) {
            e.printStackTrace();
            return "FAILED " + String.valueOf(e.getMessage()).replace('\n', ' ');
        }
    }
}
