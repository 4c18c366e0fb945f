package io.millrace.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.artifacts.TaskGraph.Kind;
import io.millrace.artifacts.TaskGraph.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskGraphTest {
    private static final TaskGraph GRAPH =
            new TaskGraph(
                    List.of(
                            new Task("dataset a", Kind.DATASET, List.of()),
                            new Task("dataset b", Kind.DATASET, List.of()),
                            new Task("scan a 1", Kind.SCAN, List.of("dataset a")),
                            new Task("result both", Kind.RESULT, List.of("scan a 1", "dataset b")),
                            new Task("result one", Kind.RESULT, List.of("dataset b"))));

    @Test
    void tasksOfAGenerationNeedOnlyThoseBefore() {
        assertThat(GRAPH.generations())
                .containsExactly(
                        List.of("dataset a", "dataset b"),
                        List.of("result one", "scan a 1"),
                        List.of("result both"));
    }

    @Test
    void theCriticalPathIsTheLongest() {
        assertThat(GRAPH.criticalPath()).containsExactly("dataset a", "scan a 1", "result both");
    }

    @Test
    void aChangedDatasetAffectsWhatReadsIt() {
        assertThat(GRAPH.affectedBy("a")).containsExactly("result both", "scan a 1");
        assertThat(GRAPH.affectedBy("b")).containsExactly("result both", "result one");
        assertThat(GRAPH.affectedBy("c")).isEmpty();
    }

    @Test
    void edgesAreWhatResultsRead() {
        TaskGraph graph =
                TaskGraph.of(
                        Map.of("r", List.of("x", "y"), "s", List.of("y")), List.of(), Map.of());
        assertThat(graph.tasks())
                .containsExactly(
                        new Task("dataset x", Kind.DATASET, List.of()),
                        new Task("dataset y", Kind.DATASET, List.of()),
                        new Task("result r", Kind.RESULT, List.of("dataset x", "dataset y")),
                        new Task("result s", Kind.RESULT, List.of("dataset y")));
    }

    @Test
    void viewsStandBetweenSourcesAndResultsAndOnlyForWhatThePlanReads() {
        TaskGraph graph =
                TaskGraph.of(
                        Map.of("r", List.of("x", "y"), "s", List.of("x")),
                        List.of(),
                        Map.of(
                                "sums", query("x", "dropped"),
                                "unused", query("y"),
                                "r", query("sums", "y"),
                                "s", query("r", "sums")));
        assertThat(graph.tasks())
                .containsExactly(
                        new Task("dataset x", Kind.DATASET, List.of()),
                        new Task("dataset y", Kind.DATASET, List.of()),
                        new Task("view sums", Kind.VIEW, List.of("dataset x")),
                        new Task("view r", Kind.VIEW, List.of("dataset y", "view sums")),
                        new Task("result r", Kind.RESULT, List.of("view r")),
                        new Task("result s", Kind.RESULT, List.of("view r", "view sums")));
        assertThat(graph.affectedBy("y")).containsExactly("result r", "result s", "view r");
    }

    private static NamedQuery query(String... reads) {
        return new NamedQuery("SELECT", List.of(reads));
    }

    @Test
    void aCircleIsRefused() {
        assertThatThrownBy(() -> new TaskGraph(List.of(new Task("a", Kind.RESULT, List.of("a")))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
