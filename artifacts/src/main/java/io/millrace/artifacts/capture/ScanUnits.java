package io.millrace.artifacts.capture;

import io.millrace.delta.scan.ScanUnit;
import io.millrace.delta.scan.ScanUnitSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;

/** The scan units of an optimized plan. */
final class ScanUnits {

    private ScanUnits() {}

    /** One for each scan, by dataset, columns and filter. */
    static List<ScanUnit> of(List<RelNode> optimized) {
        Set<RelNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return optimized.stream()
                .flatMap(root -> nodes(root, seen))
                .flatMap(node -> unit(node).stream())
                .sorted(
                        Comparator.comparing(ScanUnit::dataset)
                                .thenComparing(unit -> unit.columns().toString())
                                .thenComparing(ScanUnit::filter))
                .toList();
    }

    private static Stream<RelNode> nodes(RelNode node, Set<RelNode> seen) {
        if (!seen.add(node)) {
            return Stream.empty();
        }
        return Stream.concat(
                Stream.of(node), node.getInputs().stream().flatMap(input -> nodes(input, seen)));
    }

    private static Optional<ScanUnit> unit(RelNode node) {
        return Optional.ofNullable(node.getTable())
                .map(table -> table.unwrap(TableSourceTable.class))
                .map(TableSourceTable::tableSource)
                .filter(ScanUnitSource.class::isInstance)
                .flatMap(source -> ((ScanUnitSource) source).scanUnit());
    }
}
