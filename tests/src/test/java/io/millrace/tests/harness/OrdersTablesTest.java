package io.millrace.tests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersTablesTest {

    @TempDir Path folder;

    @Test
    void whatIsWrittenIsWhatTheChecksExpect() {
        OrdersTables tables = new OrdersTables(folder, new Random(7), 50);
        for (int i = 0; i < 8; i++) {
            tables.commit();
        }
        // A pipeline that copies would do no more than this.
        RawTable orders = new RawTable(folder.resolve("orders"));
        assertThat(orders.rows(8).stream().map(Object::toString))
                .containsExactlyInAnyOrderElementsOf(
                        tables.orders(8).stream().map(Object::toString).toList());
        assertThat(new FeedReplay(orders).firstDifference()).isEmpty();
    }
}
