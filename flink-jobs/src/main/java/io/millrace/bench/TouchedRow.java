package io.millrace.bench;

import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.runtime.generated.CompileUtils;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Reads every field of a row, down to the last element; of strings length, first and last byte.
 * Readers that gave the same rows have the same sum of touches. The fields are read by code made
 * for their types, as the operators of a query read them: a general visitor costs more than the
 * reading that is to be measured.
 */
public final class TouchedRow {

    private static final long PRIME = TouchCode.PRIME;

    private final Code code;

    public TouchedRow(List<LogicalType> types) {
        ClassLoader loader = TouchedRow.class.getClassLoader();
        String text = TouchCode.of(types, Code.class, TouchedRow.class);
        Class<?> compiled = CompileUtils.compile(loader, TouchCode.CLASS, text);
        try {
            code = (Code) compiled.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the code for " + types + " cannot be loaded", e);
        }
    }

    /** A number to which every value of the row contributes; the row kind does not. */
    public long touch(RowData row) {
        return code.touch(row);
    }

    /** What is made for a row type; public for it. */
    public interface Code {
        long touch(RowData row);
    }

    /** Not every byte: hashing them would cost more than reading the row. */
    public static long text(BinaryStringData value) {
        int size = value.getSizeInBytes();
        return size == 0
                ? PRIME
                : PRIME * (PRIME * size + value.byteAt(0)) + value.byteAt(size - 1);
    }

    public static long unscaled(DecimalData value) {
        return value.isCompact()
                ? value.toUnscaledLong()
                : Arrays.hashCode(value.toUnscaledBytes());
    }

    public static long nanos(TimestampData value) {
        return PRIME * value.getMillisecond() + value.getNanoOfMillisecond();
    }
}
