package io.millrace.artifacts.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class RunFiguresTest {
    @Test
    void aStoredRunIsShownWithItsOperators() throws Exception {
        JsonNode stored =
                BundleFiles.MAPPER.readTree(
                        """
                        {"run_id": "r", "started_at": "2026-01-01T00:00:00Z", "error": null, "run_events": [],
                         "operator_metrics": [{"exec_node_id": 4, "operator": "Join[4]", "back_pressured_ms": 7, "state_bytes": null}]}
                        """);
        assertThat(RunFigures.of(stored))
                .isEqualTo(
                        BundleFiles.MAPPER.readTree(
                                """
                                {"run_id": "r", "started": "2026-01-01T00:00:00Z",
                                 "nodes": [{"id": 4, "name": "Join[4]", "backpressured_ms": 7}]}
                                """));
    }

    @Test
    void thePagesOwnFormStays() throws Exception {
        JsonNode run = BundleFiles.MAPPER.readTree("{\"run_id\": \"r\", \"nodes\": []}");
        assertThat(RunFigures.of(run)).isEqualTo(run);
    }
}
