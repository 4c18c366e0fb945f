package io.millrace.delta.dataset;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.ColumnCasts;
import io.millrace.delta.scan.Literal;
import io.millrace.delta.scan.ScanAlignment;
import io.millrace.delta.scan.ScanAlignment.AlignedColumn;
import io.millrace.delta.scan.ScanAlignment.ColumnDefault;
import io.millrace.delta.scan.ScanAlignment.Origin;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.types.DeltaTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;

/**
 * Checks a declared projection against the columns of a table.
 *
 * @param rowType the columns of the dataset: those of the table in its order, renamed ones in their
 *     place, those that the table lacks at the end
 * @param alignment how they come from the table's
 */
record ProjectedColumns(RowType rowType, ScanAlignment alignment) {

    ProjectedColumns {
        requireNonNull(rowType, "rowType is null");
        requireNonNull(alignment, "alignment is null");
    }

    /**
     * @throws RefusedException where the projection does not fit the table
     */
    static ProjectedColumns resolve(String dataset, RowType table, DeclaredProjection projection) {
        return new Resolution(dataset, table, projection).resolve();
    }

    /** A key as the table names it, in the names of the dataset. */
    List<String> renamed(List<String> tableColumns) {
        return tableColumns.stream().map(this::renamed).toList();
    }

    private String renamed(String tableColumn) {
        for (String column : rowType.getFieldNames()) {
            if (alignment.tableName(column).filter(tableColumn::equals).isPresent()) {
                return column;
            }
        }
        return tableColumn;
    }

    private static final class Resolution {

        private final String dataset;
        private final RowType table;
        private final DeclaredProjection projection;
        private final Map<String, LogicalType> result = new LinkedHashMap<>();
        private final Map<String, String> origins = new LinkedHashMap<>();
        private final Map<String, AlignedColumn> aligned = new LinkedHashMap<>();

        Resolution(String dataset, RowType table, DeclaredProjection projection) {
            this.dataset = dataset;
            this.table = table;
            this.projection = projection;
        }

        ProjectedColumns resolve() {
            for (RowType.RowField field : table.getFields()) {
                List<String> takers = takers(field.getName());
                if (takers.isEmpty()) {
                    add(field.getName(), "the table's own", field.getType());
                }
                for (String column : takers) {
                    project(column, field);
                }
            }
            projection.columns().forEach(this::addAbsent);
            List<RowType.RowField> fields = new ArrayList<>();
            result.forEach((name, type) -> fields.add(new RowType.RowField(name, type)));
            return new ProjectedColumns(new RowType(false, fields), new ScanAlignment(aligned));
        }

        /** The columns of the dataset that are declared to come from a column of the table. */
        private List<String> takers(String tableColumn) {
            List<String> takers = new ArrayList<>();
            projection
                    .columns()
                    .forEach(
                            (name, column) -> {
                                if (column.from().orElse(name).equals(tableColumn)) {
                                    takers.add(name);
                                }
                            });
            return takers;
        }

        private void project(String name, RowType.RowField field) {
            DeclaredColumn column = projection.columns().get(name);
            LogicalType source = field.getType();
            LogicalType target = column.type().map(t -> type(name, t)).orElse(source);
            boolean lossy = checkCast(name, column, source, target);
            Optional<Literal> instead = column.defaultForNull().map(v -> literal(name, target, v));
            boolean nullable = instead.isEmpty() && (source.isNullable() || lossy);
            LogicalType type = target.copy(nullable);
            add(name, "'" + field.getName() + "' of the table", type);
            Origin origin = new ScanAlignment.InTable(field.getName(), source);
            ColumnDefault filled =
                    instead.<ColumnDefault>map(ScanAlignment.ForNull::new)
                            .orElseGet(ScanAlignment.NoDefault::new);
            AlignedColumn alignment = new AlignedColumn(type, origin, filled);
            if (!alignment.isPlain() || !name.equals(field.getName())) {
                aligned.put(name, alignment);
            }
        }

        /**
         * @return whether the cast may lose something
         */
        private boolean checkCast(
                String name, DeclaredColumn column, LogicalType source, LogicalType target) {
            if (!ColumnCasts.isPossible(source, target)) {
                throw refused(
                        name,
                        "there is no cast from %s to %s"
                                .formatted(source.asSummaryString(), target.asSummaryString()),
                        "Take the column as it is and convert it in the query.");
            }
            boolean lossy = !ColumnCasts.isLossless(source, target);
            if (lossy && !column.lossy()) {
                throw refused(
                        name,
                        "a cast from %s to %s does not keep every value"
                                .formatted(source.asSummaryString(), target.asSummaryString()),
                        "If that is wanted, set 'lossy' to 'true': what does not fit becomes null, or the default.");
            }
            return lossy;
        }

        private void addAbsent(String name, DeclaredColumn column) {
            String from = column.from().orElse(name);
            if (table.getFieldIndex(from) >= 0) {
                return;
            }
            if (column.defaultForAbsent().isEmpty()) {
                throw refused(
                        name,
                        "the table has no column '%s', it has %s"
                                .formatted(from, table.getFieldNames()),
                        column.required()
                                ? "The column is required: read a version that has it, or do not require it."
                                : "Correct the name, or give a default for where it is absent.");
            }
            if (column.type().isEmpty()) {
                throw refused(
                        name,
                        "the table has no column '%s' that would say its type".formatted(from),
                        "Give the type of the default.");
            }
            LogicalType type = type(name, column.type().get()).copy(false);
            Literal value = literal(name, type, column.defaultForAbsent().get());
            add(name, "its default", type);
            aligned.put(
                    name,
                    new AlignedColumn(
                            type, new ScanAlignment.Absent(value), new ScanAlignment.NoDefault()));
        }

        private void add(String name, String origin, LogicalType type) {
            // Delta's names differ by more than case, and what is made of them may be written.
            String other = origins.putIfAbsent(name.toLowerCase(Locale.ROOT), origin);
            if (other != null) {
                throw refused(
                        name,
                        "two columns would have this name: %s and %s".formatted(other, origin),
                        "Rename one of them.");
            }
            result.put(name, type);
        }

        private LogicalType type(String name, String text) {
            LogicalType type;
            try {
                type = LogicalTypeParser.parse(text, ProjectedColumns.class.getClassLoader());
            } catch (ValidationException e) {
                throw refused(
                        name,
                        "'%s' is no type".formatted(text),
                        "Give a type of SQL, such as BIGINT or DECIMAL(10, 2).");
            }
            if (!isColumnType(type) || !type.isNullable()) {
                throw refused(
                        name,
                        "a Delta column is never of type %s".formatted(type.asSummaryString()),
                        "Give the type that a table would have, such as STRING or TIMESTAMP(6), without NOT NULL.");
            }
            return type;
        }

        private static boolean isColumnType(LogicalType type) {
            try {
                return DeltaTypes.toRowType(DeltaTypes.toStructType(RowType.of(type)))
                        .getTypeAt(0)
                        .equals(type);
            } catch (RefusedException e) {
                return false;
            }
        }

        private Literal literal(String name, LogicalType type, String text) {
            return DefaultLiterals.parse(type, text)
                    .orElseThrow(
                            () ->
                                    refused(
                                            name,
                                            "its default '%s' is no %s"
                                                    .formatted(
                                                            text,
                                                            type.copy(true).asSummaryString()),
                                            "Write it as the type is written: numbers exactly, true or false, dates as 2026-12-31, timestamps as 2026-12-31 23:59:59, with an offset or Z where the type has a zone."));
        }

        private RefusedException refused(String column, String problem, String whatToDo) {
            return DeclaredProjection.refused(dataset, column, problem, whatToDo);
        }
    }
}
