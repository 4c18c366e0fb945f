package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinkStateSerializerTest {

    private final SinkStateSerializer serializer = new SinkStateSerializer();

    @Test
    void stateSurvivesItsBytes() throws IOException {
        SinkState state = new SinkState(41, true, Map.of("orders", 7L, "customers", 0L));

        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(state)))
                .isEqualTo(state);
    }

    @Test
    void layoutOfALaterVersionIsRefused() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("layout 2")
                .hasMessageContaining("--rebuild");
    }
}
