package io.millrace.artifacts.metrics;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one operator did, over its subtasks.
 *
 * @param execNode id of the node of the plan that it belongs to, as its name has it
 * @param task that it is chained into: busy, back-pressured and idle time are that task's, summed
 *     over its subtasks, in milliseconds
 * @param heldRows most rows that were seen waiting for their version
 * @param skew rows of the subtask with the most over the mean; 1 is even, 0 where there are no rows
 */
public record OperatorMetrics(
        String operator,
        OptionalInt execNode,
        String task,
        int parallelism,
        long rowsIn,
        long rowsOut,
        long busyMillis,
        long backPressuredMillis,
        long idleMillis,
        OptionalLong heldRows,
        double skew) {
    private static final Pattern NODE = Pattern.compile("\\[(\\d+)]");

    public OperatorMetrics {
        requireNonNull(operator, "operator is null");
        requireNonNull(execNode, "execNode is null");
        requireNonNull(task, "task is null");
        requireNonNull(heldRows, "heldRows is null");
    }

    /** Number of the node in an operator's name, such as {@code GroupAggregate[4]}. */
    public static OptionalInt execNode(String operator) {
        Matcher node = NODE.matcher(operator);
        OptionalInt last = OptionalInt.empty();
        while (node.find()) {
            last = OptionalInt.of(Integer.parseInt(node.group(1)));
        }
        return last;
    }

    /** The operators of a job by node, those without one last. */
    static List<OperatorMetrics> of(List<SubtaskMetrics> subtasks) {
        Map<List<String>, List<SubtaskMetrics>> byOperator = new LinkedHashMap<>();
        Map<String, List<SubtaskMetrics>> tasks = new LinkedHashMap<>();
        for (SubtaskMetrics subtask : subtasks) {
            SubtaskMetrics.Place place = subtask.place();
            if (place.operator().isEmpty()) {
                tasks.computeIfAbsent(place.task(), task -> new ArrayList<>()).add(subtask);
            } else {
                byOperator
                        .computeIfAbsent(
                                List.of(place.task(), place.operator()), name -> new ArrayList<>())
                        .add(subtask);
            }
        }
        List<OperatorMetrics> operators = new ArrayList<>();
        byOperator.forEach(
                (name, some) ->
                        operators.add(
                                of(
                                        name.get(1),
                                        name.get(0),
                                        some,
                                        tasks.getOrDefault(name.get(0), List.of()))));
        operators.sort(
                Comparator.comparingInt(
                                (OperatorMetrics operator) ->
                                        operator.execNode().orElse(Integer.MAX_VALUE))
                        .thenComparing(OperatorMetrics::task)
                        .thenComparing(OperatorMetrics::operator));
        return operators;
    }

    private static OperatorMetrics of(
            String operator,
            String task,
            List<SubtaskMetrics> subtasks,
            List<SubtaskMetrics> ofTask) {
        long in = sum(subtasks, SubtaskMetrics.ROWS_IN);
        long out = sum(subtasks, SubtaskMetrics.ROWS_OUT);
        return new OperatorMetrics(
                operator,
                execNode(operator),
                task,
                subtasks.size(),
                in,
                out,
                sum(ofTask, SubtaskMetrics.BUSY),
                sum(ofTask, SubtaskMetrics.BACK_PRESSURED),
                sum(ofTask, SubtaskMetrics.IDLE),
                subtasks.stream().anyMatch(s -> s.values().containsKey(SubtaskMetrics.HELD))
                        ? OptionalLong.of(sum(subtasks, SubtaskMetrics.HELD))
                        : OptionalLong.empty(),
                skew(subtasks, in > 0 ? SubtaskMetrics.ROWS_IN : SubtaskMetrics.ROWS_OUT));
    }

    private static long sum(List<SubtaskMetrics> subtasks, String name) {
        return subtasks.stream().mapToLong(subtask -> value(subtask, name)).sum();
    }

    private static long value(SubtaskMetrics subtask, String name) {
        return subtask.values().getOrDefault(name, 0L);
    }

    private static double skew(List<SubtaskMetrics> subtasks, String name) {
        long all = sum(subtasks, name);
        long most = subtasks.stream().mapToLong(subtask -> value(subtask, name)).max().orElse(0);
        return all == 0 ? 0 : (double) most * subtasks.size() / all;
    }
}
