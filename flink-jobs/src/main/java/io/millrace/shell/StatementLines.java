package io.millrace.shell;

import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;

/** Tells whether what was typed is whole: a command, or statements up to a semicolon. */
final class StatementLines implements Parser {
    private final DefaultParser words = new DefaultParser();

    StatementLines() {
        words.setEscapeChars(null);
        words.setQuoteChars(new char[0]);
        words.setEofOnUnclosedQuote(false);
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !isWhole(line)) {
            throw new EOFError(-1, -1, "the statement has no semicolon yet");
        }
        return words.parse(line, cursor, context);
    }

    /** Whether nothing stands behind the last semicolon outside of quotes and comments. */
    static boolean isWhole(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith(ShellCommands.SIGN)) {
            return true;
        }
        boolean ended = false;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("--", at)) {
                at = behind(text, "\n", at);
            } else if (text.startsWith("/*", at)) {
                at = behind(text, "*/", at + 2);
            } else if (c == '\'' || c == '"' || c == '`') {
                ended = false;
                at = behind(text, String.valueOf(c), at + 1);
                if (at > text.length()) {
                    return false;
                }
            } else {
                ended = c == ';' || (ended && Character.isWhitespace(c));
                at++;
            }
        }
        return ended && at == text.length();
    }

    /** Beyond the text where the end is not there. */
    private static int behind(String text, String end, int from) {
        int found = text.indexOf(end, from);
        if (found >= 0) {
            return found + end.length();
        }
        return end.equals("\n") ? text.length() : text.length() + 1;
    }
}
