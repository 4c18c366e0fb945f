package io.millrace.artifacts.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.artifacts.RunRecord;
import io.millrace.artifacts.RunRecord.SourceRead;
import io.millrace.functions.FunctionRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String CANARY = "canary7f3a";

    @TempDir private Path warehouse;

    private final List<String> told = new ArrayList<>();

    private static RunFacts run(int number) {
        return new RunFacts(
                "run-" + number, "teams", "refresh", START.plus(Duration.ofDays(number)));
    }

    private static ArtifactRows ended(RunFacts run, Optional<String> error) {
        return run.ended(RunFacts.SUCCEEDED, "plan", "", "hash", "", error);
    }

    private List<Map<String, Object>> rows(ArtifactTable table) {
        return new ArtifactReader(warehouse).rows(table, row -> true);
    }

    @Test
    void whatIsStoredIsReadBackWithItsTypes() {
        RunFacts run = run(1);
        try (ArtifactStore store = ArtifactStore.open(warehouse, told::add)) {
            store.add(run.event("planned", "p"));
            store.add(
                    run.read(
                            new RunRecord(
                                    "teams",
                                    "run-1",
                                    "plan",
                                    1,
                                    List.of(new SourceRead("people", -1, 3, 17)),
                                    List.of())));
            store.add(ended(run, Optional.empty()));
        }
        assertThat(told).isEmpty();
        assertThat(rows(ArtifactTable.RUNS))
                .singleElement()
                .satisfies(
                        row ->
                                assertThat(row)
                                        .containsEntry("run_id", "run-1")
                                        .containsEntry("started_at", run.started())
                                        .containsEntry("status", "succeeded")
                                        .containsEntry("error", null));
        assertThat(rows(ArtifactTable.CURSORS))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("rows_read", 17L));
        assertThat(
                        new ArtifactFolder(warehouse)
                                .table(ArtifactTable.RUNS)
                                .snapshot()
                                .metadata()
                                .changeFeedEnabled())
                .isTrue();
    }

    @Test
    void whatIsTheSameForAllRunsIsStoredOnce() {
        for (int i = 0; i < 2; i++) {
            try (ArtifactStore store = ArtifactStore.open(warehouse, told::add)) {
                store.add(BundleRows.of(FunctionRegistry.standard()));
                store.add(BundleRows.of(FunctionRegistry.standard()));
            }
        }
        assertThat(rows(ArtifactTable.FUNCTION_VERSIONS))
                .hasSize(FunctionRegistry.standard().entries().size())
                .allSatisfy(row -> assertThat(row.get("tags").toString()).hasSizeGreaterThan(2));
    }

    @Test
    void credentialsAreMaskedBeforeTheyAreWritten() {
        try (ArtifactStore store = ArtifactStore.open(warehouse, told::add)) {
            for (String text :
                    List.of(
                            "cannot read s3://user:" + CANARY + "@bucket/table",
                            "https://x/y?sig=" + CANARY,
                            "SELECT * FROM t /*+ OPTIONS('fs.s3a.secret.key' = '"
                                    + CANARY
                                    + "') */",
                            "-----BEGIN PRIVATE KEY----- " + CANARY)) {
                store.add(run(1).event("failed", text));
                store.add(run(1).ended(RunFacts.FAILED, "", "", "", text, Optional.of(text)));
            }
        }
        assertThat(rows(ArtifactTable.RUN_EVENTS).toString() + rows(ArtifactTable.RUNS))
                .contains("******")
                .doesNotContain(CANARY);
    }

    @Test
    void aFullQueueLosesRowsWithoutWaitingAndSaysSo() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ArtifactStore store =
                new ArtifactStore(
                        rows -> {
                            begun.countDown();
                            go.await();
                        },
                        told::add,
                        2,
                        Duration.ofSeconds(30));
        store.add(run(1).event("e", "first"));
        begun.await();
        for (int i = 0; i < 5; i++) {
            store.add(run(1).event("e", "more"));
        }
        assertThat(store.lost()).isEqualTo(3);
        go.countDown();
        store.close();
        assertThat(told)
                .containsExactly(
                        "artifacts: 3 rows about plans and runs were not stored: more came than could be written");
    }

    @Test
    void aStoreThatHangsIsNotWaitedFor() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        ArtifactStore store =
                new ArtifactStore(
                        rows -> {
                            begun.countDown();
                            never.await();
                        },
                        told::add,
                        2,
                        Duration.ofMillis(50));
        store.add(run(1).event("e", "first"));
        begun.await();
        store.add(run(1).event("e", "second"));
        store.close();
        never.countDown();
        assertThat(told).singleElement().asString().startsWith("artifacts: 2 rows");
    }

    @Test
    void aTableThatCannotBeWrittenLeavesTheOthersAlone() throws IOException {
        Files.createDirectories(new ArtifactFolder(warehouse).path());
        Files.writeString(new ArtifactFolder(warehouse).path().resolve("runs"), "in the way");
        try (ArtifactStore store = ArtifactStore.open(warehouse, told::add)) {
            store.add(ended(run(1), Optional.empty()));
            store.add(run(1).event("planned", "p"));
        }
        assertThat(rows(ArtifactTable.RUN_EVENTS)).hasSize(1);
        assertThat(told).singleElement().asString().startsWith("artifacts: 1 rows");
    }

    @Test
    void oldRunsExpireUnlessTheyAreAmongTheNewest() {
        try (ArtifactStore store = ArtifactStore.open(warehouse, told::add)) {
            for (int i = 0; i < 4; i++) {
                store.add(run(i).event("planned", "p"));
                store.add(ended(run(i), Optional.empty()));
            }
        }
        ArtifactExpiry expiry = new ArtifactExpiry(warehouse);
        assertThat(expiry.expire(0, START)).isEmpty();
        assertThat(expiry.expire(4, START.plus(Duration.ofDays(9)))).isEmpty();
        assertThat(expiry.expire(1, START.plus(Duration.ofDays(2))))
                .containsOnly(
                        Map.entry(ArtifactTable.RUNS, 2L), Map.entry(ArtifactTable.RUN_EVENTS, 2L));
        assertThat(rows(ArtifactTable.RUNS))
                .extracting(row -> row.get("run_id"))
                .containsExactlyInAnyOrder("run-2", "run-3");
        assertThat(rows(ArtifactTable.RUN_EVENTS)).hasSize(2);
    }
}
