package io.millrace.codegraph.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceTextTest {
    @Test
    void charactersOfAsciiAreBytes() {
        SourceText text = text("abc");

        assertThat(text.byteOffset(2)).isEqualTo(2);
        assertThat(text.byteOffset(3)).isEqualTo(3);
    }

    @Test
    void longerCharactersMoveWhatFollows() {
        SourceText text = text("aé€😀z");

        assertThat(text.byteOffset(1)).isEqualTo(1);
        assertThat(text.byteOffset(2)).isEqualTo(3);
        assertThat(text.byteOffset(3)).isEqualTo(6);
        assertThat(text.byteOffset(5)).isEqualTo(10);
        assertThat(text.byteOffset(6)).isEqualTo(11);
        assertThat(text.byteLength()).isEqualTo(11);
    }

    @Test
    void offsetsOutsideTheTextAreItsEnds() {
        SourceText text = text("é");

        assertThat(text.byteOffset(-1)).isZero();
        assertThat(text.byteOffset(99)).isEqualTo(2);
    }

    @Test
    void readsBytesThatAreNoUtf8AsLatin1() {
        SourceText text = SourceText.of("A.java", "// caf\u00e9 x".getBytes(ISO_8859_1));

        assertThat(text.text()).isEqualTo("// caf\u00e9 x");
        assertThat(text.byteOffset(8)).isEqualTo(8);
    }

    @Test
    void byteOrderMarkIsABlankOfThreeBytes() {
        SourceText text = text("\uFEFFclass A {}");

        assertThat(text.text()).isEqualTo(" class A {}");
        assertThat(text.byteOffset(1)).isEqualTo(3);
    }

    @Test
    void countsTheLastLineWithAndWithoutItsEnd() {
        assertThat(text("").lines()).isZero();
        assertThat(text("a").lines()).isEqualTo(1);
        assertThat(text("a\n").lines()).isEqualTo(1);
        assertThat(text("a\n\nb").lines()).isEqualTo(3);
    }

    private static SourceText text(String text) {
        return SourceText.of("A.java", text.getBytes(UTF_8));
    }
}
