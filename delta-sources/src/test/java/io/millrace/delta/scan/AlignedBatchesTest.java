package io.millrace.delta.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.scan.ScanAlignment.Absent;
import io.millrace.delta.scan.ScanAlignment.AlignedColumn;
import io.millrace.delta.scan.ScanAlignment.ForNull;
import io.millrace.delta.scan.ScanAlignment.InTable;
import io.millrace.delta.scan.ScanAlignment.NoDefault;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.data.columnar.vector.heap.HeapBytesVector;
import org.apache.flink.table.data.columnar.vector.heap.HeapIntVector;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class AlignedBatchesTest {

    private static final LogicalType INT = DataTypes.INT().getLogicalType();
    private static final LogicalType STRING = DataTypes.STRING().getLogicalType();
    private static final LogicalType BIGINT = DataTypes.BIGINT().getLogicalType();

    private static HeapIntVector ints(Integer... values) {
        HeapIntVector vector = new HeapIntVector(values.length);
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                vector.setNullAt(i);
            } else {
                vector.setInt(i, values[i]);
            }
        }
        return vector;
    }

    private static HeapBytesVector texts(String... values) {
        HeapBytesVector vector = new HeapBytesVector(values.length);
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                vector.setNullAt(i);
            } else {
                byte[] bytes = values[i].getBytes(StandardCharsets.UTF_8);
                vector.appendBytes(i, bytes, 0, bytes.length);
            }
        }
        return vector;
    }

    private static RowType rowType(Map<String, LogicalType> columns) {
        return new RowType(
                columns.entrySet().stream()
                        .map(e -> new RowType.RowField(e.getKey(), e.getValue()))
                        .toList());
    }

    private static List<Object> column(VectorizedColumnBatch batch, RowType type, int column) {
        RowData.FieldGetter getter = RowData.createFieldGetter(type.getTypeAt(column), column);
        return IntStream.range(0, batch.getNumRows())
                .mapToObj(row -> getter.getFieldOrNull(new ColumnarRowData(batch, row)))
                .map(value -> value == null ? null : (Object) value.toString())
                .toList();
    }

    private static VectorizedColumnBatch batch(int rows, ColumnVector... vectors) {
        VectorizedColumnBatch batch = new VectorizedColumnBatch(vectors);
        batch.setNumRows(rows);
        return batch;
    }

    @Test
    void columnsAreRenamedSharedCastFilledAndMadeUp() {
        Map<String, LogicalType> columns = new LinkedHashMap<>();
        columns.put("currency", STRING);
        columns.put("total", BIGINT);
        columns.put("amount", INT);
        columns.put("region", STRING);
        columns.put("half", STRING);
        Map<String, AlignedColumn> aligned = new LinkedHashMap<>();
        Literal eur = new Literal(STRING, "EUR");
        aligned.put("currency", new AlignedColumn(STRING, new Absent(eur), new NoDefault()));
        aligned.put(
                "total",
                new AlignedColumn(
                        BIGINT, new InTable("amt", INT), new ForNull(new Literal(BIGINT, -1L))));
        aligned.put("amount", new AlignedColumn(INT, new InTable("amt", INT), new NoDefault()));
        aligned.put(
                "region",
                new AlignedColumn(
                        STRING,
                        new InTable("region", STRING),
                        new ForNull(new Literal(STRING, "EU"))));
        AlignedBatches batches = new AlignedBatches(rowType(columns), new ScanAlignment(aligned));

        assertThat(batches.tableColumns().getFieldNames()).containsExactly("amt", "region", "half");
        VectorizedColumnBatch result =
                batches.align(
                        batch(
                                3,
                                ints(1, null, 3),
                                texts("US", null, ""),
                                texts("a", "b", null),
                                texts("insert", "delete", "insert")),
                        3);

        RowType type = rowType(columns);
        assertThat(column(result, type, 0)).containsExactly("EUR", "EUR", "EUR");
        assertThat(column(result, type, 1)).containsExactly("1", "-1", "3");
        assertThat(column(result, type, 2)).containsExactly("1", null, "3");
        assertThat(column(result, type, 3)).containsExactly("US", "EU", "");
        assertThat(column(result, type, 4)).containsExactly("a", "b", null);
        assertThat(result.columns).hasSize(6);
        assertThat(new ColumnarRowData(result, 1).getString(5)).hasToString("delete");
    }

    @Test
    void aLaterBatchLeavesNothingOfTheOneBefore() {
        Map<String, LogicalType> columns = Map.of("n", BIGINT);
        AlignedBatches batches =
                new AlignedBatches(
                        rowType(columns),
                        new ScanAlignment(
                                Map.of(
                                        "n",
                                        new AlignedColumn(
                                                BIGINT,
                                                new InTable("n", STRING),
                                                new NoDefault()))));

        batches.align(batch(3, texts("1", "2", "3")), 3);
        VectorizedColumnBatch second = batches.align(batch(2, texts("x", "20")), 2);

        assertThat(column(second, rowType(columns), 0)).containsExactly(null, "20");
    }

    @Test
    void withoutAnythingDeclaredTheBatchIsHandedOn() {
        RowType type = rowType(Map.of("n", INT));
        VectorizedColumnBatch batch = batch(1, ints(1));

        assertThat(new AlignedBatches(type, ScanAlignment.NONE).align(batch, 1)).isSameAs(batch);
    }
}
