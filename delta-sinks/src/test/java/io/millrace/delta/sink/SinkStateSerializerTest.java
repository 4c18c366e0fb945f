package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinkStateSerializerTest {

    private final SinkStateSerializer serializer = new SinkStateSerializer();

    @Test
    void stateSurvivesItsBytes() throws IOException {
        SinkState state =
                new SinkState(
                        41, true, Map.of("orders", 7L, "customers", 0L), Map.of("orders", 8L));

        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(state)))
                .isEqualTo(state);
    }

    /** Its bytes were written by the release that had it, and are never made again. */
    @Test
    void layoutOneIsReadWithoutOpenedVersions() throws IOException {
        try (InputStream stored = getClass().getResourceAsStream("/sink-state-1.bin")) {
            assertThat(serializer.deserialize(1, stored.readAllBytes()))
                    .isEqualTo(
                            new SinkState(
                                    41, true, Map.of("orders", 7L, "customers", 0L), Map.of()));
        }
    }

    @Test
    void layoutOfALaterVersionIsRefused() {
        assertThatThrownBy(() -> serializer.deserialize(99, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("layout 99")
                .hasMessageContaining("--rebuild");
    }
}
