package io.millrace.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tests.harness.FeedReplay;
import io.millrace.tests.harness.Millrace;
import io.millrace.tests.harness.Millrace.Outcome;
import io.millrace.tests.harness.OrdersTables;
import io.millrace.tests.harness.RawTable;
import io.millrace.tests.harness.TargetCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State that is missing or does not fit is refused; a rebuild writes only what differs. */
class RebuildE2eITCase {

    @TempDir Path folder;

    private OrdersTables tables;
    private Path warehouse;
    private Millrace millrace;

    @BeforeEach
    void firstRefresh() throws Exception {
        tables = new OrdersTables(folder.resolve("base"), new Random(3), 60);
        warehouse = folder.resolve("warehouse");
        millrace = new Millrace(folder);
        for (int i = 0; i < 5; i++) {
            tables.commit();
        }
    }

    private Outcome refresh(String pipeline, String... more) throws InterruptedException {
        String[] arguments = {
            "refresh",
            pipeline,
            "--warehouse",
            warehouse.toString(),
            "--param",
            "base=" + tables.base(),
            "--json"
        };
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return millrace.run(all);
    }

    @Test
    void deletedStateIsRefusedAndTheRebuildWritesOnlyWhatDiffers() throws Exception {
        refresh("orders").expect(0);
        FileUtils.deleteDirectory(warehouse.resolve("_millrace/state").toFile());
        tables.commit();
        tables.commit();

        Outcome refused = refresh("orders").expect(3);
        assertThat(refused.lastLine()).startsWith("millrace: ").contains("--rebuild");
        assertThat(refused.json().at("/error/code").asInt()).isEqualTo(3);

        List<Long> before = newestVersions();
        refresh("orders", "--rebuild").expect(0);
        List<TargetCheck> results = tables.results(warehouse);
        for (int i = 0; i < results.size(); i++) {
            TargetCheck result = results.get(i);
            assertThat(result.isCurrent()).as(result::difference).isTrue();
            result.everyVersionIsWhole();
            result.feedIsTheDifferenceOfVersions();
            assertThat(changedRows(result.table(), before.get(i)))
                    .as("%s: rows of the feed after the rebuild", result.name())
                    .isEqualTo(differingRows(result.table(), before.get(i)));
        }

        Outcome idle = refresh("orders").expect(0);
        assertThat(idle.json().at("/sinks/0/inserted").asLong()).isZero();
        assertThat(idle.json().at("/sinks/0/updated").asLong()).isZero();
        assertThat(idle.json().at("/sinks/0/deleted").asLong()).isZero();
    }

    @Test
    void aChangedViewIsRefusedAndTheRebuildDeletesKeysThatAreGone() throws Exception {
        Path pipeline = folder.resolve("orders");
        copy(Millrace.root().resolve("flink-jobs/pipelines/orders"), pipeline);
        refresh(pipeline.toString()).expect(0);
        RawTable copy = new RawTable(warehouse.resolve("orders_copy"));
        long before = copy.latestVersion();
        Set<List<Object>> oldRows = new HashSet<>(copy.rows(before));

        // The view of customers is another aggregate now, and the copy has fewer rows.
        replaceInSql(pipeline, "(?i)\\bCOUNT\\(\\*\\)", "COUNT(DISTINCT order_id)");
        replaceInSql(pipeline, "(?i)SELECT \\* FROM orders", "$0 WHERE status <> 'NEW'");

        assertThat(refresh(pipeline.toString()).expect(3).lastLine()).contains("--rebuild");
        refresh(pipeline.toString(), "--rebuild").expect(0);

        Set<List<Object>> kept =
                oldRows.stream()
                        .filter(row -> !"NEW".equals(row.get(2)))
                        .collect(Collectors.toSet());
        assertThat(kept).isNotEqualTo(oldRows);
        assertThat(new HashSet<>(copy.rows(copy.latestVersion()))).isEqualTo(kept);
        assertThat(changedRows(copy, before)).isEqualTo(oldRows.size() - kept.size());
        tables.results(warehouse).get(0).feedIsTheDifferenceOfVersions();
        TargetCheck revenue = tables.results(warehouse).get(1);
        assertThat(revenue.isCurrent()).as(revenue::difference).isTrue();
        revenue.feedIsTheDifferenceOfVersions();
    }

    private List<Long> newestVersions() {
        return tables.results(warehouse).stream().map(r -> r.table().latestVersion()).toList();
    }

    /** Rows of the feed after a version. */
    private static long changedRows(RawTable table, long after) {
        FeedReplay feed = new FeedReplay(table);
        long rows = 0;
        for (long version = after + 1; version <= table.latestVersion(); version++) {
            rows += feed.changes(version).size();
        }
        return rows;
    }

    /** Rows that only one of a version and the newest has. */
    private static long differingRows(RawTable table, long version) {
        Set<List<Object>> old = new HashSet<>(table.rows(version));
        Set<List<Object>> now = new HashSet<>(table.rows(table.latestVersion()));
        return old.stream().filter(row -> !now.contains(row)).count()
                + now.stream().filter(row -> !old.contains(row)).count();
    }

    private static void replaceInSql(Path pipeline, String pattern, String replacement)
            throws IOException {
        int changed = 0;
        try (var files = Files.list(pipeline)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                String replaced = text.replaceAll(pattern, replacement);
                if (!replaced.equals(text)) {
                    Files.writeString(file, replaced);
                    changed++;
                }
            }
        }
        assertThat(changed).as("files with %s", pattern).isPositive();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
