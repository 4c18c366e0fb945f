package io.millrace.functions.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatTextTest {

    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "-2.5, -2.5",
        "0.0, 0",
        "-0.0, 0",
        "0.1, 0.1",
        "1e21, 1000000000000000000000",
        "2e-7, 0.0000002",
        "1.5e-10, 0.00000000015",
        "2.0E23, 200000000000000000000000",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void is_shortest_without_exponent(double value, String text) {
        assertThat(FloatText.of(value)).isEqualTo(text);
    }

    @Test
    void floats_have_their_own_shortest_form() {
        assertThat(FloatText.of(0.1f)).isEqualTo("0.1");
        assertThat(FloatText.of(16777216f)).isEqualTo("16777216");
        assertThat(FloatText.of(1.17549435E-38f)).startsWith("0.000").endsWith("11754944");
    }

    @Test
    void reads_back_as_the_same_number() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (!Double.isNaN(value) && !Double.isInfinite(value)) {
                assertThat(Double.parseDouble(FloatText.of(value))).isEqualTo(value);
            }
        }
    }
}
