package io.millrace.artifacts.lineage;

import java.util.Comparator;
import java.util.List;

/**
 * What the results of a plan come from.
 *
 * @param required columns that the plan needs, by dataset, sorted
 * @param results sorted by dataset
 * @param operations steps of the plan, inputs first; equal steps are one
 * @param functions that are not Flink's, sorted by name
 */
public record Lineage(
        List<DatasetColumns> required,
        List<ResultLineage> results,
        List<Operation> operations,
        List<RequiredFunction> functions) {
    /** Of nothing. */
    public static final Lineage NONE = new Lineage(List.of(), List.of(), List.of(), List.of());

    public Lineage {
        required = required.stream().sorted(Comparator.comparing(DatasetColumns::dataset)).toList();
        results = results.stream().sorted(Comparator.comparing(ResultLineage::dataset)).toList();
        operations = List.copyOf(operations);
        functions = functions.stream().sorted().toList();
    }

    /**
     * The results with this column only.
     *
     * @param name {@code table.column}; of several results, the ones of this name
     */
    public Lineage of(ColumnName name) {
        List<ResultLineage> some =
                results.stream()
                        .filter(result -> result.dataset().equals(name.dataset()))
                        .map(
                                result ->
                                        new ResultLineage(
                                                result.dataset(),
                                                result.columns().stream()
                                                        .filter(
                                                                column ->
                                                                        column.column()
                                                                                .equals(
                                                                                        name
                                                                                                .column()))
                                                        .toList(),
                                                result.rows()))
                        .filter(result -> !result.columns().isEmpty())
                        .toList();
        return new Lineage(List.of(), some, List.of(), List.of());
    }
}
