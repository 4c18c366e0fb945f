package io.millrace.delta.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.junit.jupiter.api.Test;

class ValueCastTest {

    private static Object cast(DataType from, DataType to, Object value) {
        LogicalType source = from.getLogicalType();
        LogicalType target = to.getLogicalType();
        assertThat(ColumnCasts.isPossible(source, target)).isTrue();
        return ValueCast.between(source, target).apply(value);
    }

    private static Object text(DataType to, String value) {
        return cast(DataTypes.STRING(), to, StringData.fromString(value));
    }

    private static DecimalData decimal(String value, int precision, int scale) {
        return DecimalData.fromBigDecimal(new BigDecimal(value), precision, scale);
    }

    private static StringData string(String value) {
        return StringData.fromString(value);
    }

    @Test
    void numbersThatDoNotFitBecomeNullInsteadOfOtherNumbers() {
        assertThat(cast(DataTypes.BIGINT(), DataTypes.INT(), 5L)).isEqualTo(5);
        assertThat(cast(DataTypes.BIGINT(), DataTypes.INT(), 1L << 40)).isNull();
        assertThat(cast(DataTypes.INT(), DataTypes.TINYINT(), -129)).isNull();
        assertThat(cast(DataTypes.INT(), DataTypes.TINYINT(), -128)).isEqualTo((byte) -128);
        assertThat(cast(DataTypes.DOUBLE(), DataTypes.BIGINT(), 1e30)).isNull();
        assertThat(cast(DataTypes.DOUBLE(), DataTypes.BIGINT(), Double.NaN)).isNull();
        assertThat(cast(DataTypes.DOUBLE(), DataTypes.BIGINT(), -2.9)).isEqualTo(-2L);
        assertThat(cast(DataTypes.INT(), DataTypes.DECIMAL(4, 2), 100)).isNull();
        assertThat(cast(DataTypes.FLOAT(), DataTypes.DECIMAL(4, 2), 0.1f))
                .isEqualTo(decimal("0.10", 4, 2));
    }

    @Test
    void numbersBecomeWiderAndDecimalsOtherDecimals() {
        assertThat(cast(DataTypes.INT(), DataTypes.BIGINT(), 7)).isEqualTo(7L);
        assertThat(cast(DataTypes.FLOAT(), DataTypes.DOUBLE(), 1.5f)).isEqualTo(1.5);
        assertThat(cast(DataTypes.DECIMAL(5, 2), DataTypes.DOUBLE(), decimal("1.25", 5, 2)))
                .isEqualTo(1.25);
        assertThat(
                        cast(
                                DataTypes.DECIMAL(10, 4),
                                DataTypes.DECIMAL(5, 2),
                                decimal("1.2351", 10, 4)))
                .isEqualTo(decimal("1.24", 5, 2));
        assertThat(
                        cast(
                                DataTypes.DECIMAL(10, 4),
                                DataTypes.DECIMAL(5, 2),
                                decimal("12345.1", 10, 4)))
                .isNull();
    }

    @Test
    void textBecomesWhatItSaysOrNull() {
        assertThat(text(DataTypes.INT(), " 12 ")).isEqualTo(12);
        assertThat(text(DataTypes.INT(), "twelve")).isNull();
        assertThat(text(DataTypes.DOUBLE(), "1e3")).isEqualTo(1000.0);
        assertThat(text(DataTypes.DECIMAL(5, 2), "1.239")).isEqualTo(decimal("1.24", 5, 2));
        assertThat(text(DataTypes.BOOLEAN(), "true")).isEqualTo(true);
        assertThat(text(DataTypes.BOOLEAN(), "perhaps")).isNull();
        assertThat(text(DataTypes.DATE(), "1970-01-02")).isEqualTo(1);
        assertThat(text(DataTypes.DATE(), "tomorrow")).isNull();
        assertThat(text(DataTypes.TIMESTAMP(6), "1970-01-01 00:00:01.000002"))
                .isEqualTo(TimestampData.fromEpochMillis(1000, 2000));
        assertThat(text(DataTypes.TIMESTAMP_LTZ(6), "1970-01-01 00:00:01"))
                .isEqualTo(TimestampData.fromEpochMillis(1000));
        assertThat(text(DataTypes.TIMESTAMP(6), "later")).isNull();
        assertThat((byte[]) text(DataTypes.BYTES(), "é")).hasSize(2);
    }

    @Test
    void everythingBecomesText() {
        assertThat(cast(DataTypes.BIGINT(), DataTypes.STRING(), 7L)).isEqualTo(string("7"));
        assertThat(cast(DataTypes.BOOLEAN(), DataTypes.STRING(), true)).isEqualTo(string("TRUE"));
        assertThat(cast(DataTypes.DECIMAL(5, 2), DataTypes.STRING(), decimal("1.50", 5, 2)))
                .isEqualTo(string("1.50"));
        assertThat(cast(DataTypes.DATE(), DataTypes.STRING(), -1)).isEqualTo(string("1969-12-31"));
        assertThat(
                        cast(
                                DataTypes.TIMESTAMP(6),
                                DataTypes.STRING(),
                                TimestampData.fromEpochMillis(1000, 2000)))
                .isEqualTo(string("1970-01-01 00:00:01.000002"));
        assertThat(cast(DataTypes.BYTES(), DataTypes.STRING(), new byte[] {65}))
                .isEqualTo(string("A"));
    }

    @Test
    void daysAndTimesAreInUtc() {
        TimestampData beforeEpoch = TimestampData.fromEpochMillis(-1);

        assertThat(cast(DataTypes.TIMESTAMP_LTZ(6), DataTypes.DATE(), beforeEpoch)).isEqualTo(-1);
        assertThat(cast(DataTypes.DATE(), DataTypes.TIMESTAMP(6), 1))
                .isEqualTo(TimestampData.fromEpochMillis(86_400_000));
        assertThat(cast(DataTypes.TIMESTAMP(6), DataTypes.TIMESTAMP_LTZ(6), beforeEpoch))
                .isEqualTo(beforeEpoch);
    }
}
