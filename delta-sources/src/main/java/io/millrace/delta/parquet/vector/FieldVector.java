package io.millrace.delta.parquet.vector;

import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.types.variant.Variant;

/**
 * A vector that is read without asking what it can give: which interfaces a vector implements is
 * slow to find out where it has many, and a row would ask for each field.
 *
 * <p>Positions and the undefined values at null ones are those of the vector; what a vector does
 * not have throws {@link UnsupportedOperationException}.
 */
@Internal
public abstract class FieldVector implements ColumnVector {

    /** {@code vector} itself where it is one, else one that asks it. */
    public static FieldVector of(ColumnVector vector) {
        return vector instanceof FieldVector field ? field : new AskedVector(vector);
    }

    public boolean getBoolean(int i) {
        throw unsupported("boolean");
    }

    public byte getByte(int i) {
        throw unsupported("byte");
    }

    public short getShort(int i) {
        throw unsupported("short");
    }

    public int getInt(int i) {
        throw unsupported("int");
    }

    public long getLong(int i) {
        throw unsupported("long");
    }

    public float getFloat(int i) {
        throw unsupported("float");
    }

    public double getDouble(int i) {
        throw unsupported("double");
    }

    public DecimalData getDecimal(int i, int precision, int scale) {
        throw unsupported("decimal");
    }

    public TimestampData getTimestamp(int i, int precision) {
        throw unsupported("timestamp");
    }

    public StringData getString(int i) {
        throw unsupported("string");
    }

    public byte[] getBinary(int i) {
        throw unsupported("binary");
    }

    public ArrayData getArray(int i) {
        throw unsupported("array");
    }

    public MapData getMap(int i) {
        throw unsupported("map");
    }

    public RowData getRow(int i) {
        throw unsupported("row");
    }

    public Variant getVariant(int i) {
        throw unsupported("variant");
    }

    private UnsupportedOperationException unsupported(String what) {
        return new UnsupportedOperationException(
                getClass().getSimpleName() + " has no value of type " + what);
    }
}
