package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class TouchedRowTest {

    private static final RowType TYPE =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.BOOLEAN(),
                                    DataTypes.TINYINT(),
                                    DataTypes.SMALLINT(),
                                    DataTypes.INT(),
                                    DataTypes.BIGINT(),
                                    DataTypes.FLOAT(),
                                    DataTypes.DOUBLE(),
                                    DataTypes.STRING(),
                                    DataTypes.BYTES(),
                                    DataTypes.DECIMAL(10, 2),
                                    DataTypes.DECIMAL(30, 2),
                                    DataTypes.DATE(),
                                    DataTypes.TIMESTAMP(6),
                                    DataTypes.TIMESTAMP_LTZ(6),
                                    DataTypes.ARRAY(DataTypes.ARRAY(DataTypes.STRING())),
                                    DataTypes.MAP(DataTypes.STRING(), DataTypes.BIGINT()),
                                    DataTypes.ROW(DataTypes.INT(), DataTypes.STRING()))
                            .notNull()
                            .getLogicalType();

    private static GenericRowData row(int n) {
        return GenericRowData.of(
                n % 2 == 0,
                (byte) n,
                (short) n,
                n,
                (long) n,
                n + 0.5f,
                n + 0.25,
                StringData.fromString("text" + n),
                new byte[] {1, (byte) n},
                DecimalData.fromBigDecimal(BigDecimal.valueOf(n, 2), 10, 2),
                DecimalData.fromBigDecimal(BigDecimal.valueOf(n, 2), 30, 2),
                n,
                TimestampData.fromEpochMillis(n, 1000),
                TimestampData.fromEpochMillis(n, 1000),
                new GenericArrayData(
                        new Object[] {
                            null,
                            new GenericArrayData(new Object[] {StringData.fromString("" + n), null})
                        }),
                new GenericMapData(
                        Map.of(
                                StringData.fromString("a"),
                                (long) n,
                                StringData.fromString("b"),
                                7L)),
                GenericRowData.of(n, StringData.fromString("b")));
    }

    @Test
    void eachFieldCountsAndItsFormDoesNot() {
        TouchedRow touched = new TouchedRow(TYPE.getChildren());
        RowDataSerializer serializer = new RowDataSerializer(TYPE);
        long whole = touched.touch(row(1));
        for (int field = 0; field < TYPE.getFieldCount(); field++) {
            GenericRowData changed = row(1);
            changed.setField(field, row(2).getField(field));
            GenericRowData emptied = row(1);
            emptied.setField(field, null);
            for (GenericRowData row : List.of(changed, emptied)) {
                assertThat(touched.touch(row)).as("%s", row).isNotEqualTo(whole);
                assertThat(touched.touch(serializer.toBinaryRow(row)))
                        .isEqualTo(touched.touch(row));
            }
        }
    }

    @Test
    void theOrderOfAMapMeansNothing() {
        TouchedRow touched =
                new TouchedRow(
                        List.of(DataTypes.MAP(DataTypes.INT(), DataTypes.INT()).getLogicalType()));
        Map<Object, Object> there = new LinkedHashMap<>();
        there.put(1, 10);
        there.put(2, 20);
        Map<Object, Object> back = new LinkedHashMap<>();
        back.put(2, 20);
        back.put(1, 10);

        assertThat(touched.touch(GenericRowData.of(new GenericMapData(there))))
                .isEqualTo(touched.touch(GenericRowData.of(new GenericMapData(back))));
    }
}
