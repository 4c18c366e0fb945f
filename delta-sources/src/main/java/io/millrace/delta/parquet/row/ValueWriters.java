package io.millrace.delta.parquet.row;

import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;

/** The writer for each type that a Delta table can have. */
final class ValueWriters {

    private ValueWriters() {}

    static ValueWriter of(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> new FixedWriters.OfBooleans();
            case TINYINT -> new FixedWriters.OfBytes();
            case SMALLINT -> new FixedWriters.OfShorts();
            case INTEGER, DATE -> new FixedWriters.OfInts();
            case BIGINT -> new FixedWriters.OfLongs();
            case FLOAT -> new FixedWriters.OfFloats();
            case DOUBLE -> new FixedWriters.OfDoubles();
            case CHAR, VARCHAR, BINARY, VARBINARY -> new BytesWriter();
            case DECIMAL -> new DecimalWriter((DecimalType) type);
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    new TimestampWriter(((TimestampType) type).getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    new TimestampWriter(((LocalZonedTimestampType) type).getPrecision());
            case ARRAY -> new ArrayWriter((ArrayType) type);
            case MAP -> new MapWriter((MapType) type);
            case ROW -> new StructWriter((RowType) type);
            case VARIANT -> new VariantWriter();
            default -> throw new IllegalArgumentException("no rows are made of type " + type);
        };
    }
}
