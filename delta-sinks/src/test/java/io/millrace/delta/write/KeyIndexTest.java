package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyIndexTest {

    private record Key(long high, long low) {}

    @Test
    void behavesLikeAHashMapWhileGrowingAndShrinking() {
        Random random = new Random(7);
        for (int keys : new int[] {10, 1_000, 60_000}) {
            KeyIndex index = new KeyIndex();
            Map<Key, Long> oracle = new HashMap<>();
            for (int i = 0; i < 6 * keys; i++) {
                Key key = new Key(random.nextInt(3), random.nextInt(keys));
                boolean remove = random.nextInt(5) < (i < 4 * keys ? 1 : 3);
                Long expected;
                long before;
                if (remove) {
                    expected = oracle.remove(key);
                    before = index.remove(key.high, key.low);
                } else {
                    long place = KeyIndex.place(random.nextInt(100), random.nextInt(1000));
                    expected = oracle.put(key, place);
                    before = index.put(key.high, key.low, place);
                }
                assertThat(before).isEqualTo(expected == null ? KeyIndex.ABSENT : expected);
            }
            assertThat(index.size()).isEqualTo(oracle.size());
            for (long high = 0; high < 3; high++) {
                for (long low = 0; low < keys; low++) {
                    assertThat(index.get(high, low))
                            .isEqualTo(oracle.getOrDefault(new Key(high, low), KeyIndex.ABSENT));
                }
            }
        }
    }

    @Test
    void forgetsTheKeysOfAFile() {
        KeyIndex index = new KeyIndex();
        for (int i = 0; i < 10_000; i++) {
            index.put(0, i, KeyIndex.place(i % 3, i));
        }

        index.removeIf(place -> KeyIndex.file(place) == 1);

        for (int i = 0; i < 10_000; i++) {
            assertThat(index.get(0, i))
                    .isEqualTo(i % 3 == 1 ? KeyIndex.ABSENT : KeyIndex.place(i % 3, i));
        }
    }

    @Test
    void placeKeepsFileAndPosition() {
        long place = KeyIndex.place(Integer.MAX_VALUE, 0xffff_ffffL);

        assertThat(KeyIndex.file(place)).isEqualTo(Integer.MAX_VALUE);
        assertThat(KeyIndex.position(place)).isEqualTo(0xffff_ffffL);
        assertThatThrownBy(() -> KeyIndex.place(0, 1L << 32))
                .hasMessageContaining("no place for position 4294967296");
    }
}
