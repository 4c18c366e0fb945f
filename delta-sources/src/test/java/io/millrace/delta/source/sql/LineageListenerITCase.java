package io.millrace.delta.source.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.source.sql.OrdersTable.Order;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.JobStatusChangedEvent;
import org.apache.flink.core.execution.JobStatusChangedListener;
import org.apache.flink.core.execution.JobStatusChangedListenerFactory;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.runtime.execution.JobCreatedEvent;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener of Flink's jobs sees which tables a job reads, as OpenLineage names them. */
class LineageListenerITCase {
    private static final String FILE = "test.lineage-file";

    @TempDir private Path folder;

    /** Writes what it is told into a file that the job's configuration names. */
    public static final class Listeners implements JobStatusChangedListenerFactory {
        @Override
        public JobStatusChangedListener createListener(Context context) {
            Path file = Path.of(context.getConfiguration().getString(FILE, ""));
            return event -> note(file, event);
        }

        private static void note(Path file, JobStatusChangedEvent event) {
            if (event instanceof JobCreatedEvent created) {
                List<String> lines =
                        created.lineageGraph().sources().stream()
                                .flatMap(source -> source.datasets().stream())
                                .map(Listeners::text)
                                .toList();
                try {
                    Files.write(file, lines);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private static String text(LineageDataset dataset) {
            return "%s %s %s".formatted(dataset.namespace(), dataset.name(), dataset.facets());
        }
    }

    @Test
    void aListenerSeesASequencedTableOnceWithTheColumnsThatAreRead() throws Exception {
        OrdersTable orders = OrdersTable.create(folder.resolve("orders"), true, "id");
        orders.commit(Map.of(1L, Optional.of(new Order(1, 10, 100))), 1, false);
        Path told = folder.resolve("told");
        Configuration configuration = new Configuration();
        configuration.set(
                DeploymentOptions.JOB_STATUS_CHANGED_LISTENERS, List.of(Listeners.class.getName()));
        configuration.setString(FILE, told.toString());
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(
                        StreamExecutionEnvironment.createLocalEnvironment(1, configuration));
        tables.getConfig().set(RunOptions.BOUNDED, true);
        tables.executeSql(
                "CREATE TABLE orders (id BIGINT NOT NULL, customer BIGINT, amount BIGINT) WITH ('connector' = 'delta', 'path' = '%s')"
                        .formatted(orders.location()));
        tables.executeSql(
                "CREATE TABLE nothing (a BIGINT, b BIGINT) WITH ('connector' = 'blackhole')");

        tables.executeSql(
                        "INSERT INTO nothing SELECT o.amount, p.id FROM orders o JOIN orders p ON o.id = p.id")
                .await();

        assertThat(Files.readAllLines(told))
                .containsExactly(
                        "file "
                                + Path.of(orders.location())
                                + " {schema=SchemaFacet[fields=[Column[name=id, type=BIGINT NOT NULL], Column[name=amount, type=BIGINT]]]}");
    }
}
