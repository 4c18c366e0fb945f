package io.millrace.delta.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/** The order of rows within files. Texts and bytes by their bytes, NaN after all numbers. */
final class RowOrder implements Comparator<RowData> {

    private final List<Comparator<RowData>> columns;

    private RowOrder(List<Comparator<RowData>> columns) {
        this.columns = columns;
    }

    /**
     * @throws IllegalArgumentException naming a column that is not there or has no order
     */
    static RowOrder of(RowType type, List<SortColumn> columns) {
        List<Comparator<RowData>> comparators = new ArrayList<>();
        for (SortColumn column : columns) {
            int position = type.getFieldIndex(column.name());
            if (position < 0) {
                throw new IllegalArgumentException(
                        "there is no column %s to sort by; the rows have %s"
                                .formatted(column.name(), type.getFieldNames()));
            }
            Comparator<RowData> ascending = column(type.getTypeAt(position), position, column);
            comparators.add(column.descending() ? ascending.reversed() : ascending);
        }
        return new RowOrder(comparators);
    }

    private static Comparator<RowData> column(LogicalType type, int position, SortColumn column) {
        Comparator<Object> values = values(type, column);
        RowData.FieldGetter getter = RowData.createFieldGetter(type.copy(true), position);
        return Comparator.comparing(getter::getFieldOrNull, Comparator.nullsFirst(values));
    }

    @SuppressWarnings("unchecked")
    private static Comparator<Object> values(LogicalType type, SortColumn column) {
        LogicalTypeRoot root = type.getTypeRoot();
        return switch (root) {
            case BINARY, VARBINARY -> (a, b) -> Arrays.compareUnsigned((byte[]) a, (byte[]) b);
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    FLOAT,
                    DOUBLE,
                    DECIMAL,
                    CHAR,
                    VARCHAR,
                    DATE,
                    TIMESTAMP_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    (a, b) -> ((Comparable<Object>) a).compareTo(b);
            default ->
                    throw new IllegalArgumentException(
                            "rows cannot be sorted by column %s, which is %s"
                                    .formatted(column.name(), type));
        };
    }

    /** Whether rows stay in the order in which they come. */
    boolean isNone() {
        return columns.isEmpty();
    }

    @Override
    public int compare(RowData a, RowData b) {
        for (Comparator<RowData> column : columns) {
            int order = column.compare(a, b);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
