package io.millrace.functions;

import java.text.Normalizer;
import java.util.Locale;
import org.apache.flink.table.data.StringData;

/**
 * Text rules of Unicode, where Java's own differ: White_Space is the Unicode property, not {@code
 * strip()}, {@code trim()} or {@code \s}.
 */
public final class TextNorm {

    private TextNorm() {}

    public static boolean isWhiteSpace(char c) {
        return switch (c) {
            case ' ',
                    '\u0085',
                    '\u00A0',
                    '\u1680',
                    '\u2028',
                    '\u2029',
                    '\u202F',
                    '\u205F',
                    '\u3000' ->
                    true;
            default -> (c >= '\t' && c <= '\r') || (c >= '\u2000' && c <= '\u200A');
        };
    }

    public static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isWhiteSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhiteSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Trims, normalizes, then lower-cases and collapses runs of white space if asked to. */
    public static String normalize(
            String text, Normalizer.Form form, boolean lower, boolean collapse) {
        String result = Normalizer.normalize(trim(text), form);
        if (lower) {
            result = result.toLowerCase(Locale.ROOT);
        }
        return collapse ? collapse(result) : result;
    }

    /** Each run of white space becomes one blank. */
    public static String collapse(String text) {
        StringBuilder collapsed = new StringBuilder(text.length());
        boolean inRun = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean white = isWhiteSpace(c);
            if (!white) {
                collapsed.append(c);
            } else if (!inRun) {
                collapsed.append(' ');
            }
            inRun = white;
        }
        return collapsed.toString();
    }

    /**
     * Whether the text is ASCII that is normal already: not empty, no blanks around, no upper case
     * letters if lower, no white space but single blanks if collapse. Reads bytes, makes no String.
     */
    public static boolean isNormal(StringData text, boolean lower, boolean collapse) {
        byte[] utf8 = text.toBytes();
        if (utf8.length == 0 || !isPlain(utf8)) {
            return false;
        }
        boolean afterWhite = false;
        for (byte b : utf8) {
            if (lower && b >= 'A' && b <= 'Z') {
                return false;
            }
            boolean white = isWhiteSpace((char) b);
            if (collapse && white && (afterWhite || b != ' ')) {
                return false;
            }
            afterWhite = white;
        }
        return true;
    }

    /** ASCII that neither trimming nor any normalization form changes. */
    public static boolean isPlain(byte[] utf8) {
        for (byte b : utf8) {
            if (b < 0) {
                return false;
            }
        }
        return utf8.length == 0
                || (!isWhiteSpace((char) utf8[0]) && !isWhiteSpace((char) utf8[utf8.length - 1]));
    }
}
