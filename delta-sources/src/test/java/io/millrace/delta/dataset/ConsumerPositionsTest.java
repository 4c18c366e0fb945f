package io.millrace.delta.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsumerPositionsTest {

    @TempDir private Path folder;

    private ConsumerPositions positions;

    @BeforeEach
    void anEmptyFolder() {
        positions = new ConsumerPositions(folder.resolve("consumers"));
    }

    @Test
    void aPositionReplacesTheOneBefore() {
        positions.record(position("t", "orders", 3));
        positions.record(position("t", "orders", 7));

        assertThat(positions.of("t", "orders")).contains(position("t", "orders", 7));
    }

    @Test
    void listsTheConsumersOfOneTable() {
        positions.record(position("t", "orders", 3));
        positions.record(position("t", "items", 5));
        positions.record(position("u", "orders", 9));

        assertThat(positions.of("t"))
                .containsExactly(position("t", "items", 5), position("t", "orders", 3));
        assertThat(positions.of("v")).isEmpty();
    }

    @Test
    void namesDoNotLeaveTheFolder() {
        assertThatThrownBy(() -> positions.of("t", "../../secrets"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no consumer of a table is called t/../../secrets");
    }

    private static ConsumerPosition position(String tableId, String consumer, long version) {
        return new ConsumerPosition(
                consumer, "people", "/tables/people", tableId, version, Instant.EPOCH);
    }
}
