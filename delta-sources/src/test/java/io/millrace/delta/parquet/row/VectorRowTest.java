package io.millrace.delta.parquet.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.parquet.vector.ConstantVector;
import io.millrace.delta.parquet.vector.FieldVector;
import io.millrace.delta.parquet.vector.VectorRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorRowTest {

    private static final RowType ALL_TYPES = RandomValues.ALL_TYPES;

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "1, false", "2, false", "3, false"})
    void showsTheValuesOfItsVectors(long seed, boolean flinksVectors) {
        RandomValues values = new RandomValues(seed);
        List<GenericRowData> rows = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            rows.add(values.row(ALL_TYPES));
        }
        VectorizedColumnBatch batch = new TestVectors(flinksVectors).batch(ALL_TYPES, rows);
        VectorRow row = new VectorRow();
        row.setFields(
                Arrays.stream(batch.columns).map(FieldVector::of).toArray(FieldVector[]::new));

        RowDataSerializer serializer = new RowDataSerializer(ALL_TYPES);
        for (int i = rows.size() - 1; i >= 0; i--) {
            row.moveTo(i);
            assertThat(serializer.toBinaryRow(row).copy())
                    .as("row %s", i)
                    .isEqualTo(serializer.toBinaryRow(rows.get(i)));
        }
    }

    @Test
    void keepsItsKindFromRowToRow() {
        VectorRow row = new VectorRow();
        row.setFields(new FieldVector[] {FieldVector.of(ConstantVector.ofNull())});
        row.setRowKind(RowKind.DELETE);
        row.moveTo(7);

        assertThat(row.getArity()).isEqualTo(1);
        assertThat(row.isNullAt(0)).isTrue();
        assertThat(row.getRowKind()).isEqualTo(RowKind.DELETE);
    }

    @Test
    void refusesWhatAVectorDoesNotHave() {
        FieldVector text =
                FieldVector.of(ConstantVector.of(Optional.of(StringData.fromString("a"))));
        FieldVector nothing =
                new FieldVector() {
                    @Override
                    public boolean isNullAt(int i) {
                        return false;
                    }
                };

        assertThat(text.getString(3)).isEqualTo(StringData.fromString("a"));
        assertThatThrownBy(() -> nothing.getLong(0))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("long");
    }
}
