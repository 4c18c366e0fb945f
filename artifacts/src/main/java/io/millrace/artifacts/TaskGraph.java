package io.millrace.artifacts;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.ScanUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What must be done before what: datasets, the scans that read them, the results. An edge stands
 * for what a result's lineage reads, and for nothing else.
 *
 * @param tasks what each needs comes before it
 */
public record TaskGraph(List<Task> tasks) {
    /** What a task is. */
    public enum Kind {
        /** A source. */
        DATASET,
        /** One reading of a source. */
        SCAN,
        /** A query with a name, which is part of the queries of results. */
        VIEW,
        /** A target. */
        RESULT
    }

    /**
     * A task.
     *
     * @param name {@code dataset orders}, {@code scan orders 1}, {@code view sums}, {@code result
     *     totals}
     * @param needs names of tasks
     */
    public record Task(String name, Kind kind, List<String> needs) {
        public Task {
            requireNonNull(name, "name is null");
            requireNonNull(kind, "kind is null");
            needs = needs.stream().sorted().distinct().toList();
        }
    }

    public TaskGraph {
        tasks = List.copyOf(tasks);
        Set<String> known = new HashSet<>();
        for (Task task : tasks) {
            if (!known.containsAll(task.needs()) || !known.add(task.name())) {
                throw new IllegalArgumentException(
                        task.name() + " is there twice, or before what it needs: " + task.needs());
            }
        }
    }

    /** The graph of a plan. */
    public static TaskGraph of(PlanBundle bundle) {
        return of(bundle.sourcesOfResults(), bundle.scanUnits(), bundle.origin().queries());
    }

    static TaskGraph of(
            Map<String, List<String>> sourcesOfResults,
            List<ScanUnit> scans,
            Map<String, NamedQuery> queries) {
        return new TaskGraph(new Tasks(sourcesOfResults, scans, queries).all());
    }

    /** Tasks by generation: each needs only tasks of generations before its own. */
    public List<List<String>> generations() {
        Map<String, Integer> depths = depths();
        List<List<String>> generations = new ArrayList<>();
        for (Task task : tasks) {
            int depth = depths.get(task.name());
            while (generations.size() <= depth) {
                generations.add(new ArrayList<>());
            }
            generations.get(depth).add(task.name());
        }
        return generations.stream().map(names -> names.stream().sorted().toList()).toList();
    }

    /** The longest chain of tasks, from what needs nothing; of several the first by name. */
    public List<String> criticalPath() {
        Map<String, List<String>> longest = new LinkedHashMap<>();
        List<String> best = List.of();
        for (Task task : tasks) {
            List<String> path = new ArrayList<>();
            for (String need : task.needs()) {
                if (longest.get(need).size() > path.size()) {
                    path = new ArrayList<>(longest.get(need));
                }
            }
            path.add(task.name());
            longest.put(task.name(), path);
            best = path.size() > best.size() ? path : best;
        }
        return List.copyOf(best);
    }

    /** Names of the tasks that have to be done again where a dataset has changed, sorted. */
    public List<String> affectedBy(String dataset) {
        NavigableSet<String> affected = new TreeSet<>();
        for (Task task : tasks) {
            if (task.name().equals("dataset " + dataset)
                    || task.needs().stream().anyMatch(affected::contains)) {
                affected.add(task.name());
            }
        }
        affected.remove("dataset " + dataset);
        return List.copyOf(affected);
    }

    private Map<String, Integer> depths() {
        Map<String, Integer> depths = new HashMap<>();
        for (Task task : tasks) {
            depths.put(
                    task.name(),
                    task.needs().stream().mapToInt(need -> depths.get(need) + 1).max().orElse(0));
        }
        return depths;
    }
}
