package io.millrace.functions.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Random;
import org.apache.flink.table.data.StringData;
import org.junit.jupiter.api.Test;

/** Functions that have a fast way for ASCII against rules without one. */
class TextPropertiesTest {

    /** The White_Space property, and what looks like it and is not. */
    private static final String PIECES =
            "abzAZ09._ \t\n\u000B\f\r\u001F\u0085\u00A0\u2003\u3000\u200B\u00E9\u0301\uFB01\u0130\u0131\u2024";

    private static final String WHITE =
            "[\\t-\\r \\x{85}\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}]";

    private static String text(Random random, boolean ascii) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(12); n > 0; n--) {
            text.append(PIECES.charAt(random.nextInt(ascii ? 16 : PIECES.length())));
        }
        return text.toString();
    }

    private static String normal(String text, boolean lower, boolean collapse) {
        String trimmed = text.replaceAll("^" + WHITE + "+|" + WHITE + "+$", "");
        String normal = Normalizer.normalize(trimmed, Normalizer.Form.NFKC);
        String cased = lower ? normal.toLowerCase(Locale.ROOT) : normal;
        return collapse ? cased.replaceAll(WHITE + "+", " ") : cased;
    }

    @Test
    void texts_are_normal_by_the_rules() {
        Random random = new Random(7);
        Utf8Normalize normalize = new Utf8Normalize();
        for (int i = 0; i < 40_000; i++) {
            String text = text(random, random.nextBoolean());
            boolean lower = random.nextBoolean();
            boolean collapse = random.nextBoolean();
            String expected = normal(text, lower, collapse);
            StringData actual = normalize.eval(StringData.fromString(text), null, lower, collapse);
            assertThat(actual == null ? "" : actual.toString())
                    .as("'%s' lower %s collapse %s", text, lower, collapse)
                    .isEqualTo(expected);
        }
    }

    @Test
    void names_are_qualified_by_the_rules() {
        Random random = new Random(8);
        QnameNormalize normalize = new QnameNormalize();
        for (int i = 0; i < 40_000; i++) {
            String symbol = text(random, random.nextBoolean());
            String module = text(random, random.nextBoolean());
            boolean lower = random.nextBoolean();
            String name = normal(symbol, lower, true);
            String scope = normal(module, lower, true);
            String expected = name.contains(".") || scope.isEmpty() ? name : scope + "." + name;
            StringData actual =
                    normalize.eval(
                            StringData.fromString(symbol),
                            StringData.fromString(module),
                            StringData.fromString(lower ? "sql" : "java"));
            assertThat(actual == null ? "" : actual.toString())
                    .as("'%s' in '%s'", symbol, module)
                    .isEqualTo(name.isEmpty() ? "" : expected);
        }
    }

    @Test
    void columns_are_bytes_of_the_characters_before_them() {
        Random random = new Random(9);
        ColToByte toByte = new ColToByte();
        for (int i = 0; i < 20_000; i++) {
            String line = text(random, false) + (random.nextBoolean() ? "\uD83D\uDE00x" : "");
            int characters = random.nextInt(line.codePointCount(0, line.length()) + 1);
            String before = line.substring(0, line.offsetByCodePoints(0, characters));
            long bytes = before.getBytes(StandardCharsets.UTF_8).length;
            StringData data = StringData.fromString(line);
            assertThat(toByte.eval(data, characters, StringData.fromString("utf-32")))
                    .isEqualTo(bytes);
            assertThat(toByte.eval(data, before.length(), StringData.fromString("UTF16")))
                    .isEqualTo(bytes);
            assertThat(toByte.eval(data, bytes, StringData.fromString("utf8"))).isEqualTo(bytes);
        }
    }
}
