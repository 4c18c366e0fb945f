package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.FieldPath;
import io.millrace.delta.scan.Predicate;
import io.millrace.delta.source.NeededRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/**
 * What one scan needs of a table.
 *
 * @param fields of the scan's rows, in their order
 * @param filter holds for every row that the scan needs; names the columns of the table
 * @param kinds of changes, in a batch job that reads a feed
 * @param limit how many rows are enough, whichever they are
 */
record ScanNeeds(List<Field> fields, Predicate filter, Set<RowKind> kinds, OptionalLong limit) {

    /**
     * A field of the scan's rows.
     *
     * @param name that it has there
     * @param path where it is in the dataset: a column, or a field of structs
     */
    record Field(String name, FieldPath path) {
        Field {
            requireNonNull(name, "name is null");
            requireNonNull(path, "path is null");
        }
    }

    ScanNeeds {
        fields = List.copyOf(fields);
        requireNonNull(filter, "filter is null");
        kinds = Set.copyOf(kinds);
        requireNonNull(limit, "limit is null");
    }

    /** These columns of all rows. */
    ScanNeeds(List<String> columns) {
        this(
                columns.stream().map(name -> new Field(name, FieldPath.of(name))).toList(),
                Predicate.TRUE,
                NeededRows.ALL_KINDS,
                OptionalLong.empty());
    }

    List<FieldPath> paths() {
        return fields.stream().map(Field::path).toList();
    }

    /** Where a field of the scan's rows, or one inside of it, is in the dataset. */
    Optional<FieldPath> pathOf(FieldPath field) {
        return fields.stream()
                .filter(known -> known.name().equals(field.column()))
                .findFirst()
                .map(known -> known.path().inside(field.belowColumn()));
    }

    /**
     * The same with other fields.
     *
     * @param rows type of the rows until now
     * @param projection for each field the positions that lead to it in {@code rows}
     * @param names of the fields
     */
    ScanNeeds projected(RowType rows, int[][] projection, List<String> names) {
        List<Field> projected = new ArrayList<>();
        for (int i = 0; i < projection.length; i++) {
            FieldPath path = fields.get(projection[i][0]).path();
            LogicalType type = rows.getTypeAt(projection[i][0]);
            for (int level = 1; level < projection[i].length; level++) {
                RowType.RowField field = ((RowType) type).getFields().get(projection[i][level]);
                path = path.field(field.getName());
                type = field.getType();
            }
            projected.add(new Field(names.get(i), path));
        }
        return new ScanNeeds(projected, filter, kinds, limit);
    }

    ScanNeeds filteredBy(Predicate other, Set<RowKind> otherKinds) {
        return new ScanNeeds(fields, other, otherKinds, limit);
    }

    ScanNeeds limitedTo(long rows) {
        return new ScanNeeds(fields, filter, kinds, OptionalLong.of(rows));
    }
}
