package io.millrace.delta.dataset;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/** Compares the columns that a statement declares with those of the dataset. */
final class DeclaredSchema {

    private final String dataset;
    private final String location;
    private final RowType actual;

    DeclaredSchema(String dataset, String location, RowType actual) {
        this.dataset = requireNonNull(dataset, "dataset is null");
        this.location = requireNonNull(location, "location is null");
        this.actual = requireNonNull(actual, "actual is null");
    }

    /**
     * All columns of the dataset in its order, those that are declared with the declared
     * nullability.
     *
     * @throws RefusedException where a declared column is missing or of another type
     */
    RowType resolve(RowType declared) {
        for (RowType.RowField field : declared.getFields()) {
            check(field);
        }
        List<RowType.RowField> resolved = new ArrayList<>();
        for (RowType.RowField field : actual.getFields()) {
            int position = declared.getFieldIndex(field.getName());
            LogicalType type = position < 0 ? field.getType() : declared.getTypeAt(position);
            resolved.add(new RowType.RowField(field.getName(), type));
        }
        return new RowType(false, resolved);
    }

    private void check(RowType.RowField declared) {
        int position = actual.getFieldIndex(declared.getName());
        if (position < 0) {
            throw new RefusedException(
                    "%s: column '%s' is declared, but the Delta table at %s has only %s. Declare columns that the table has."
                            .formatted(
                                    dataset, declared.getName(), location, actual.getFieldNames()));
        }
        LogicalType type = actual.getTypeAt(position);
        if (!withoutNullability(type).equals(withoutNullability(declared.getType()))) {
            throw new RefusedException(
                    "%s: column '%s' is declared as %s, but is %s in the Delta table at %s. Declare it as %s and cast it in the query, or declare a cast with 'projection.%s.type'."
                            .formatted(
                                    dataset,
                                    declared.getName(),
                                    declared.getType().asSummaryString(),
                                    type.asSummaryString(),
                                    location,
                                    type.copy(true).asSummaryString(),
                                    declared.getName()));
        }
    }

    /** Whether a value may be null does not change how it is stored; a key is always NOT NULL. */
    private static LogicalType withoutNullability(LogicalType type) {
        if (type instanceof RowType row) {
            List<RowType.RowField> fields = new ArrayList<>();
            for (RowType.RowField field : row.getFields()) {
                fields.add(
                        new RowType.RowField(field.getName(), withoutNullability(field.getType())));
            }
            return new RowType(true, fields);
        } else if (type instanceof ArrayType array) {
            return new ArrayType(true, withoutNullability(array.getElementType()));
        } else if (type instanceof MapType map) {
            return new MapType(
                    true,
                    withoutNullability(map.getKeyType()),
                    withoutNullability(map.getValueType()));
        }
        return type.copy(true);
    }
}
