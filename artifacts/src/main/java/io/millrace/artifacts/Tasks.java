package io.millrace.artifacts;

import io.millrace.artifacts.TaskGraph.Kind;
import io.millrace.artifacts.TaskGraph.Task;
import io.millrace.delta.scan.ScanUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tasks of a plan. A view stands between scans and results where a result's query refers to it,
 * and only for datasets that the plan reads for that result.
 */
final class Tasks {
    private final Map<String, List<String>> sources;
    private final Map<String, NamedQuery> queries;
    private final Map<String, List<String>> readings = new HashMap<>();
    private final Map<String, NavigableSet<String>> reached = new HashMap<>();
    private final Map<String, NavigableSet<String>> wanted = new HashMap<>();
    private final Set<String> referred = new HashSet<>();
    private final Set<String> done = new HashSet<>();
    private final List<Task> tasks = new ArrayList<>();

    Tasks(
            Map<String, List<String>> sourcesOfResults,
            List<ScanUnit> scans,
            Map<String, NamedQuery> queries) {
        this.sources = new TreeMap<>(sourcesOfResults);
        this.queries = new TreeMap<>(queries);
        datasets(scans);
        this.queries.forEach(
                (name, query) ->
                        query.reads().stream().filter(this::isQuery).forEach(referred::add));
        sources.forEach((result, datasets) -> want(result, new TreeSet<>(datasets)));
        sources.keySet().forEach(this::result);
    }

    List<Task> all() {
        return tasks;
    }

    private boolean isQuery(String name) {
        return queries.containsKey(name);
    }

    private void datasets(List<ScanUnit> scans) {
        NavigableSet<String> datasets = new TreeSet<>();
        sources.values().forEach(datasets::addAll);
        datasets.forEach(
                dataset -> tasks.add(new Task("dataset " + dataset, Kind.DATASET, List.of())));
        for (ScanUnit scan : scans) {
            List<String> ofDataset =
                    readings.computeIfAbsent(scan.dataset(), dataset -> new ArrayList<>());
            String name = "scan " + scan.dataset() + " " + (ofDataset.size() + 1);
            ofDataset.add(name);
            if (datasets.contains(scan.dataset())) {
                tasks.add(new Task(name, Kind.SCAN, List.of("dataset " + scan.dataset())));
            }
        }
    }

    /** Notes for a query and all behind it which datasets the plan reads for their sake. */
    private void want(String name, NavigableSet<String> datasets) {
        if (!isQuery(name)
                || !wanted.computeIfAbsent(name, n -> new TreeSet<>()).addAll(datasets)) {
            return;
        }
        queries.get(name).reads().forEach(read -> want(read, datasets));
    }

    private void result(String result) {
        List<String> needs = new ArrayList<>();
        NavigableSet<String> open = new TreeSet<>(sources.get(result));
        if (isQuery(result)) {
            if (referred.contains(result)) {
                needs.addAll(view(result));
            } else {
                needs.addAll(needs(result));
            }
            open.removeAll(reached(result));
        }
        open.forEach(dataset -> needs.addAll(readings(dataset)));
        tasks.add(new Task("result " + result, Kind.RESULT, needs));
    }

    /** The view's task, made where it is the first to be asked for; none if it reads nothing. */
    private List<String> view(String name) {
        if (reached(name).isEmpty()) {
            return List.of();
        }
        if (!done.contains(name)) {
            List<String> needs = needs(name);
            done.add(name);
            tasks.add(new Task("view " + name, Kind.VIEW, needs));
        }
        return List.of("view " + name);
    }

    private List<String> needs(String name) {
        List<String> needs = new ArrayList<>();
        for (String read : queries.get(name).reads()) {
            if (isQuery(read)) {
                needs.addAll(view(read));
            } else if (wanted.getOrDefault(name, new TreeSet<>()).contains(read)) {
                needs.addAll(readings(read));
            }
        }
        return needs;
    }

    private List<String> readings(String dataset) {
        return readings.getOrDefault(dataset, List.of("dataset " + dataset));
    }

    /** Datasets that a query reads, directly or not, and the plan with it. */
    private NavigableSet<String> reached(String name) {
        NavigableSet<String> known = reached.get(name);
        if (known != null) {
            return known;
        }
        NavigableSet<String> all = new TreeSet<>();
        reached.put(name, all);
        for (String read : queries.get(name).reads()) {
            if (isQuery(read)) {
                all.addAll(reached(read));
            } else if (wanted.getOrDefault(name, new TreeSet<>()).contains(read)) {
                all.add(read);
            }
        }
        return all;
    }
}
