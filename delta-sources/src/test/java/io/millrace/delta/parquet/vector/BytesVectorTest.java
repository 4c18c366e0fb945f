package io.millrace.delta.parquet.vector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BytesVectorTest {

    private final BytesVector vector = new BytesVector(8);

    private static BytesVector words(String... words) {
        BytesVector vector = new BytesVector(words.length);
        fill(vector, 0, words);
        return vector;
    }

    /** Pieces of one page. */
    private static void fill(BytesVector vector, int at, String... words) {
        byte[] page = String.join("", words).getBytes(UTF_8);
        int start = 0;
        for (int i = 0; i < words.length; i++) {
            vector.starts()[at + i] = start;
            vector.lengths()[at + i] = words[i].length();
            start += words[i].length();
        }
        vector.filled(page, at, words.length);
    }

    private List<String> strings(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> vector.isNullAt(i) ? null : vector.getString(i).toString())
                .toList();
    }

    @Test
    void stringsOfADictionaryAreMadeOnce() {
        BytesVector dictionary = words("red", "green");
        vector.gather(dictionary, new int[] {1, 0, 1}, 0, 3);

        assertThat(strings(3)).containsExactly("green", "red", "green");
        assertThat(vector.getString(0)).isSameAs(vector.getString(2));
        String green = new String(vector.getBinary(2), UTF_8);
        assertThat(green).isEqualTo("green");
    }

    @Test
    void stringsOfADictionaryMoveWhereNullsAre() {
        vector.gather(words("red", "green"), new int[] {0, 1}, 0, 2);
        vector.setNull(0);
        vector.setNull(2);
        vector.spread(0, 2, 4);

        assertThat(strings(4)).isEqualTo(Arrays.asList(null, "red", null, "green"));
    }

    @Test
    void aVectorThatGrowsKeepsItsStrings() {
        vector.gather(words("red", "green"), new int[] {0, 1}, 0, 2);
        vector.ensureCapacity(100);
        vector.gather(words("blue"), new int[] {0}, 2, 1);

        assertThat(strings(3)).containsExactly("red", "green", "blue");
    }

    @Test
    void pagesWithAndWithoutADictionaryMayMix() {
        BytesVector dictionary = words("red", "green");
        vector.gather(dictionary, new int[] {1}, 0, 1);
        fill(vector, 1, "plain");
        vector.gather(dictionary, new int[] {0}, 2, 1);

        assertThat(strings(3)).containsExactly("green", "plain", "red");
    }

    @Test
    void theNextBatchKnowsNothingOfTheLast() {
        vector.gather(words("red", "green"), new int[] {1, 1}, 0, 2);
        vector.reset();
        fill(vector, 0, "plain", "text");

        assertThat(strings(2)).containsExactly("plain", "text");
    }

    @Test
    void dictionariesOfManyValuesAreNotKept() {
        String[] many = new String[10_000];
        Arrays.setAll(many, i -> "w" + i);
        vector.gather(words(many), new int[] {7, 7}, 0, 2);

        assertThat(strings(2)).containsExactly("w7", "w7");
        assertThat(vector.getString(0)).isNotSameAs(vector.getString(1));
    }
}
