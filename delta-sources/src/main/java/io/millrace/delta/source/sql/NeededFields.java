package io.millrace.delta.source.sql;

import io.millrace.delta.scan.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Types of rows that have only the columns, and of structs only the fields, that scans need. Arrays
 * and maps are needed whole.
 */
final class NeededFields {

    private NeededFields() {}

    /** The fields of {@code whole} that paths lead to, in its order. */
    static RowType of(RowType whole, List<FieldPath> paths) {
        return ofNames(whole, paths.stream().map(FieldPath::names).toList());
    }

    private static RowType ofNames(RowType whole, List<List<String>> paths) {
        List<RowType.RowField> fields = new ArrayList<>();
        for (RowType.RowField field : whole.getFields()) {
            List<List<String>> below =
                    paths.stream()
                            .filter(path -> path.get(0).equals(field.getName()))
                            .map(path -> path.subList(1, path.size()))
                            .toList();
            if (below.isEmpty()) {
                continue;
            }
            boolean all = below.stream().anyMatch(List::isEmpty);
            fields.add(
                    new RowType.RowField(
                            field.getName(),
                            all ? field.getType() : ofNames((RowType) field.getType(), below)));
        }
        return new RowType(whole.isNullable(), fields);
    }

    /**
     * All fields of {@code one} and {@code other}.
     *
     * @param order has them all, usually, and says in which order they come
     */
    static RowType union(RowType order, RowType one, RowType other) {
        Set<String> names = new LinkedHashSet<>(order.getFieldNames());
        names.addAll(one.getFieldNames());
        names.addAll(other.getFieldNames());
        List<RowType.RowField> fields = new ArrayList<>();
        for (String name : names) {
            int inOne = one.getFieldIndex(name);
            int inOther = other.getFieldIndex(name);
            if (inOne >= 0 && inOther >= 0) {
                LogicalType type = one.getTypeAt(inOne);
                int inOrder = order.getFieldIndex(name);
                fields.add(
                        new RowType.RowField(
                                name,
                                union(
                                        inOrder >= 0 ? order.getTypeAt(inOrder) : type,
                                        type,
                                        other.getTypeAt(inOther))));
            } else if (inOne >= 0 || inOther >= 0) {
                fields.add(
                        new RowType.RowField(
                                name,
                                inOne >= 0 ? one.getTypeAt(inOne) : other.getTypeAt(inOther)));
            }
        }
        return new RowType(one.isNullable() || other.isNullable(), fields);
    }

    private static LogicalType union(LogicalType order, LogicalType one, LogicalType other) {
        if (one.equals(other)) {
            return one;
        }
        return order instanceof RowType rows
                        && one instanceof RowType oneRow
                        && other instanceof RowType otherRow
                ? union(rows, oneRow, otherRow)
                : one.copy(true);
    }

    /**
     * Whether the planner can be offered fields of structs in the place of columns. It takes a
     * field that is never null for one that is not null where its struct is, either; and it tells
     * scans apart by the names of their fields, in which {@code a_b} is the column of this name and
     * the field {@code b} of {@code a}.
     */
    static boolean canBeOffered(RowType whole) {
        return addNames(whole, "", false, new HashSet<>());
    }

    private static boolean addNames(
            RowType rows, String prefix, boolean insideNullable, Set<String> names) {
        for (RowType.RowField field : rows.getFields()) {
            LogicalType type = field.getType();
            String name = prefix + field.getName();
            if (!names.add(name) || (insideNullable && !type.isNullable())) {
                return false;
            }
            if (type instanceof RowType struct
                    && !addNames(struct, name + "_", insideNullable || type.isNullable(), names)) {
                return false;
            }
        }
        return true;
    }
}
