package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedKeyIndexTest {

    private static final long ALL_IN_MEMORY = 1 << 30;

    @TempDir private Path folder;

    private record Key(long high, long low) {}

    /** With budgets from one that spills all the time to one that never does. */
    @Test
    void knowsWhatAMapKnowsWhereverKeysAre() throws Exception {
        for (long memory : new long[] {1, 60 << 10, 100 << 10, ALL_IN_MEMORY}) {
            Random random = new Random(memory);
            Map<Key, Long> oracle = new HashMap<>();
            try (BoundedKeyIndex index = new BoundedKeyIndex("t", memory, folder)) {
                for (int i = 0; i < 20_000; i++) {
                    Key key = new Key(random.nextInt(3), random.nextInt(2000));
                    long before = index.get(key.high(), key.low());
                    assertThat(before).isEqualTo(oracle.getOrDefault(key, KeyIndex.ABSENT));
                    if (random.nextInt(4) == 0) {
                        index.forget(key.high(), key.low(), before);
                        oracle.remove(key);
                    } else {
                        long place = KeyIndex.place(random.nextInt(20), random.nextInt(1000));
                        index.set(key.high(), key.low(), before, place);
                        oracle.put(key, place);
                    }
                    if (i % 7000 == 6999) {
                        int file = random.nextInt(20);
                        LongPredicate inFile = place -> KeyIndex.file(place) == file;
                        index.removeIf(inFile);
                        oracle.values().removeIf(inFile::test);
                    }
                    assertThat(index.size()).isEqualTo(oracle.size());
                }
                assertThat(index.diskBytes() > 0).isEqualTo(memory != ALL_IN_MEMORY);
                assertThat(index.prefersOrder()).isEqualTo(memory != ALL_IN_MEMORY);
            }
            assertThat(folder).isEmptyDirectory();
        }
    }

    /** Keys whose hashes are equal stand side by side, also over the end of a block. */
    @Test
    void keysWithOneHashAreFound() throws Exception {
        long multiplier = 0x9e3779b97f4a7c15L;
        try (BoundedKeyIndex index = new BoundedKeyIndex("t", 1 << 10, folder)) {
            for (long high = 0; high < 1000; high++) {
                assertThat(KeyIndex.hash(high, -high * multiplier)).isEqualTo(KeyIndex.hash(0, 0));
                index.set(high, -high * multiplier, KeyIndex.ABSENT, KeyIndex.place(1, high));
            }
            for (long high = 0; high < 1000; high++) {
                assertThat(index.get(high, -high * multiplier)).isEqualTo(KeyIndex.place(1, high));
            }
            assertThat(index.get(1000, -1000 * multiplier)).isEqualTo(KeyIndex.ABSENT);
        }
    }

    @Test
    void memoryStaysBounded() throws Exception {
        long memory = 2 << 20;
        try (BoundedKeyIndex index = new BoundedKeyIndex("t", memory, folder)) {
            for (long key = 0; key < 300_000; key++) {
                index.set(0, key, KeyIndex.ABSENT, KeyIndex.place(0, key));
                assertThat(index.sizeInBytes()).isLessThan(memory + memory / 2);
            }
            assertThat(index.size()).isEqualTo(300_000);
            for (long key = 0; key < 300_000; key += 97) {
                assertThat(index.get(0, key)).isEqualTo(KeyIndex.place(0, key));
            }
        }
    }

    @Test
    void aClearedIndexStartsInMemoryAgain() throws Exception {
        try (BoundedKeyIndex index = new BoundedKeyIndex("t", 1, folder)) {
            for (long key = 0; key < 5000; key++) {
                index.set(0, key, KeyIndex.ABSENT, KeyIndex.place(0, key));
            }
            assertThat(folder).isNotEmptyDirectory();
            index.clear();

            assertThat(folder).isEmptyDirectory();
            assertThat(index.size()).isZero();
            assertThat(index.get(0, 1)).isEqualTo(KeyIndex.ABSENT);
        }
    }

    @Test
    void aDiskThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        try (BoundedKeyIndex index = new BoundedKeyIndex("/tables/t", 1, file)) {
            assertThatThrownBy(
                            () -> {
                                for (long key = 0; key < 5000; key++) {
                                    index.set(0, key, KeyIndex.ABSENT, key);
                                }
                            })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file + ": cannot hold the index of /tables/t there");
        }
    }
}
