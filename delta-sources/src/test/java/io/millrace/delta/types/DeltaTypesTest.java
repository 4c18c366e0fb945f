package io.millrace.delta.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.types.VariantType;
import io.millrace.delta.table.RefusedException;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RawType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeltaTypesTest {

    static Stream<DataType> types() {
        return Stream.of(
                BooleanType.BOOLEAN,
                ByteType.BYTE,
                ShortType.SHORT,
                IntegerType.INTEGER,
                LongType.LONG,
                FloatType.FLOAT,
                DoubleType.DOUBLE,
                new DecimalType(22, 2),
                StringType.STRING,
                BinaryType.BINARY,
                DateType.DATE,
                TimestampType.TIMESTAMP,
                TimestampNTZType.TIMESTAMP_NTZ,
                new ArrayType(StringType.STRING, false),
                new MapType(StringType.STRING, new ArrayType(LongType.LONG, true), true),
                new StructType()
                        .add("a b", LongType.LONG, false)
                        .add("C", new StructType().add("d", DateType.DATE)));
    }

    @ParameterizedTest
    @MethodSource("types")
    void aDeltaTypeSurvivesTheWayThroughFlink(DataType type) {
        StructType schema =
                new StructType().add("required", type, false).add("optional", type, true);
        assertThat(DeltaTypes.toStructType(DeltaTypes.toRowType(schema))).isEqualTo(schema);
    }

    @Test
    void variantsAreReadButNotStored() {
        StructType schema =
                new StructType().add("v", new ArrayType(VariantType.VARIANT, true), true);

        assertThat(DeltaTypes.toReadStructType(DeltaTypes.toRowType(schema))).isEqualTo(schema);
    }

    @Test
    void typesThatCannotBeReadOrStoredAreNamed() {
        assertThatThrownBy(
                        () ->
                                DeltaTypes.toStructType(
                                        DeltaTypes.toRowType(
                                                new StructType().add("v", VariantType.VARIANT))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("column v of type VARIANT");
        RowType row =
                RowType.of(
                        new LogicalType[] {new RawType<>(Integer.class, IntSerializer.INSTANCE)},
                        new String[] {"raw"});
        assertThatThrownBy(() -> DeltaTypes.toStructType(row))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("column raw");
    }
}
