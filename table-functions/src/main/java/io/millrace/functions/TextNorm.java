package io.millrace.functions;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import org.apache.flink.table.data.StringData;

/**
 * Text rules of Unicode, where Java's own differ: White_Space is the Unicode property, not {@code
 * strip()}, {@code trim()} or {@code \s}.
 */
public final class TextNorm {

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

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

    /** In lower case (root locale); the text given where that is ASCII without upper case. */
    public static StringData lower(StringData text) {
        for (byte b : text.toBytes()) {
            if (b < 0 || (b >= 'A' && b <= 'Z')) {
                return StringData.fromString(text.toString().toLowerCase(Locale.ROOT));
            }
        }
        return text;
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
     * {@link #normalize} for ASCII, which no normalization form changes; makes no String.
     *
     * @return the array given where nothing changes; null where a byte is not ASCII
     */
    public static byte[] normalizeAscii(byte[] utf8, boolean lower, boolean collapse) {
        int first = firstChange(utf8, lower, collapse);
        if (first == utf8.length && (first == 0 || !isWhiteSpace((char) utf8[first - 1]))) {
            return utf8;
        }
        int end = utf8.length;
        for (int i = first; i < end; i++) {
            if (utf8[i] < 0) {
                return null;
            }
        }
        while (end > 0 && isWhiteSpace((char) utf8[end - 1])) {
            end--;
        }
        int start = 0;
        while (start < end && isWhiteSpace((char) utf8[start])) {
            start++;
        }
        byte[] normal = new byte[end - start];
        int length = 0;
        boolean inRun = false;
        for (int i = start; i < end; i++) {
            byte b = utf8[i];
            boolean white = collapse && isWhiteSpace((char) b);
            if (!white) {
                normal[length++] = lower && b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
            } else if (!inRun) {
                normal[length++] = ' ';
            }
            inRun = white;
        }
        return length == normal.length ? normal : Arrays.copyOf(normal, length);
    }

    /**
     * Where the first byte stands that is not ASCII or that does not stay as it is, but for the
     * end.
     */
    private static int firstChange(byte[] utf8, boolean lower, boolean collapse) {
        boolean afterWhite = true;
        for (int i = 0; i < utf8.length; i++) {
            byte b = utf8[i];
            boolean white = isWhiteSpace((char) b);
            if (b < 0
                    || (lower && b >= 'A' && b <= 'Z')
                    || (white && (i == 0 || (collapse && (afterWhite || b != ' '))))) {
                return i;
            }
            afterWhite = white;
        }
        return utf8.length;
    }

    /** ASCII that neither trimming nor any normalization form changes. */
    public static boolean isPlain(byte[] utf8) {
        return utf8.length == 0
                || (!isWhiteSpace((char) utf8[0])
                        && !isWhiteSpace((char) utf8[utf8.length - 1])
                        && isAscii(utf8));
    }

    private static boolean isAscii(byte[] utf8) {
        int words = utf8.length / Long.BYTES * Long.BYTES;
        for (int i = 0; i < words; i += Long.BYTES) {
            if (((long) WORD.get(utf8, i) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (int i = words; i < utf8.length; i++) {
            if (utf8[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
