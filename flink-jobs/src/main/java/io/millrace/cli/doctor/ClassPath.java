package io.millrace.cli.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The libraries on the class path, by the names of their jars. */
final class ClassPath {
    private static final Pattern JAR =
            Pattern.compile(
                    "(?:.*[/\\\\])?([A-Za-z][A-Za-z0-9_.-]*?(?:_2\\.1[23])?)-(\\d[A-Za-z0-9._-]*)\\.jar");

    /** Versions that must be these: name of a library, start of its jars' names, version. */
    private record Wanted(String name, String prefix, String version) {}

    private static final List<Wanted> WANTED =
            List.of(
                    new Wanted("Flink", "flink-table-planner", "2.3.0"),
                    new Wanted("Flink", "flink-runtime", "2.3.0"),
                    new Wanted("Delta Kernel", "delta-kernel-", "4.4.0"),
                    new Wanted("Parquet", "parquet-", "1.16.0"));

    private ClassPath() {}

    static List<Finding> check(Collection<String> entries) {
        Map<String, SortedSet<String>> versions = new TreeMap<>();
        for (String entry : entries) {
            Matcher jar = JAR.matcher(entry);
            if (jar.matches()) {
                versions.computeIfAbsent(jar.group(1), name -> new TreeSet<>()).add(jar.group(2));
            }
        }
        List<Finding> findings = new ArrayList<>();
        WANTED.stream()
                .map(Wanted::name)
                .distinct()
                .forEach(name -> findings.add(library(name, versions)));
        findings.add(arrow(versions));
        findings.add(duplicates(versions));
        return findings;
    }

    private static Finding library(String name, Map<String, SortedSet<String>> versions) {
        TreeSet<String> found = new TreeSet<>();
        boolean right = true;
        for (Wanted wanted : WANTED) {
            if (wanted.name().equals(name)) {
                for (Map.Entry<String, SortedSet<String>> library : versions.entrySet()) {
                    // parquet-format-structures and its kin are versioned together.
                    if (library.getKey().startsWith(wanted.prefix())
                            && !library.getKey().equals("parquet-format")) {
                        found.addAll(library.getValue());
                        right &= library.getValue().stream().allMatch(wanted.version()::equals);
                    }
                }
            }
        }
        String wanted =
                WANTED.stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .version();
        if (found.isEmpty()) {
            return Finding.warn(
                    name,
                    "is not on the class path by the name of its jar",
                    "Start it with ./millrace, which makes the class path");
        }
        return right
                ? Finding.ok(name, String.join(", ", found))
                : Finding.fail(
                        name,
                        String.join(", ", found) + " on the class path, " + wanted + " is tested",
                        "Take other versions off the class path");
    }

    private static Finding arrow(Map<String, SortedSet<String>> versions) {
        SortedSet<String> found = versions.getOrDefault("arrow-vector", new TreeSet<>());
        return found.isEmpty()
                ? Finding.warn(
                        "Arrow",
                        "is not on the class path",
                        "Build with ./millrace; --format arrow needs it")
                : Finding.ok("Arrow", String.join(", ", found));
    }

    private static Finding duplicates(Map<String, SortedSet<String>> versions) {
        List<String> twice = new ArrayList<>();
        versions.forEach(
                (name, found) -> {
                    if (found.size() > 1) {
                        twice.add(name + " " + found);
                    }
                });
        boolean bothPlanners =
                versions.containsKey("flink-table-planner_2.12")
                        && versions.containsKey("flink-table-planner-loader");
        if (bothPlanners) {
            twice.add("flink-table-planner_2.12 and flink-table-planner-loader");
        }
        return twice.isEmpty()
                ? Finding.ok("jars", versions.size() + " libraries, each once")
                : Finding.fail(
                        "jars",
                        "there twice: " + String.join(", ", twice),
                        "Keep one version of each on the class path");
    }
}
