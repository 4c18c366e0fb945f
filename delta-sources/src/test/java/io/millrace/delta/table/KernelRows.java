package io.millrace.delta.table;

import io.delta.kernel.Scan;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
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
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.apache.hadoop.conf.Configuration;

/**
 * A version of a table as Kernel itself reads it, with its own engine and nothing of ours between:
 * the slow oracle. Rows are text, in no order.
 */
public final class KernelRows {

    private KernelRows() {}

    public static List<String> read(Path table, long version) throws IOException {
        Configuration configuration = new Configuration();
        // Else file systems made here would serve the code under test.
        configuration.setBoolean("fs.file.impl.disable.cache", true);
        Engine engine = DefaultEngine.create(configuration);
        Scan scan =
                TableManager.loadSnapshot(table.toString())
                        .atVersion(version)
                        .build(engine)
                        .getScanBuilder()
                        .build();
        Row state = scan.getScanState(engine);
        StructType physical = ScanStateRow.getPhysicalDataReadSchema(state);
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> files = Utils.intoRows(scan.getScanFiles(engine))) {
            while (files.hasNext()) {
                Row file = files.next();
                CloseableIterator<ColumnarBatch> data =
                        engine.getParquetHandler()
                                .readParquetFiles(
                                        Utils.singletonCloseableIterator(
                                                InternalScanFileUtils.getAddFileStatus(file)),
                                        physical,
                                        Optional.empty())
                                .map(FileReadResult::getData);
                try (CloseableIterator<FilteredColumnarBatch> batches =
                        Scan.transformPhysicalData(engine, state, file, data)) {
                    while (batches.hasNext()) {
                        read(batches.next(), rows);
                    }
                }
            }
        }
        return rows;
    }

    private static void read(FilteredColumnarBatch filtered, List<String> rows) {
        ColumnarBatch batch = filtered.getData();
        List<StructField> fields = batch.getSchema().fields();
        for (int row = 0; row < batch.getSize(); row++) {
            Optional<ColumnVector> selected = filtered.getSelectionVector();
            if (selected.isPresent() && !selected.get().getBoolean(row)) {
                continue;
            }
            StringJoiner text = new StringJoiner(", ", "(", ")");
            for (int i = 0; i < fields.size(); i++) {
                text.add(text(batch.getColumnVector(i), fields.get(i).getDataType(), row));
            }
            rows.add(text.toString());
        }
    }

    private static String text(ColumnVector vector, DataType type, int row) {
        if (vector.isNullAt(row)) {
            return "null";
        } else if (type instanceof StructType struct) {
            StringJoiner text = new StringJoiner(", ", "(", ")");
            for (int i = 0; i < struct.length(); i++) {
                text.add(text(vector.getChild(i), struct.at(i).getDataType(), row));
            }
            return text.toString();
        } else if (type instanceof ArrayType array) {
            ArrayValue value = vector.getArray(row);
            StringJoiner text = new StringJoiner(", ", "[", "]");
            for (int i = 0; i < value.getSize(); i++) {
                text.add(text(value.getElements(), array.getElementType(), i));
            }
            return text.toString();
        } else if (type instanceof MapType map) {
            MapValue value = vector.getMap(row);
            StringJoiner text = new StringJoiner(", ", "{", "}");
            for (int i = 0; i < value.getSize(); i++) {
                text.add(
                        text(value.getKeys(), map.getKeyType(), i)
                                + "="
                                + text(value.getValues(), map.getValueType(), i));
            }
            return text.toString();
        }
        return primitive(vector, type, row);
    }

    private static String primitive(ColumnVector vector, DataType type, int row) {
        if (type instanceof StringType) {
            return "'" + vector.getString(row) + "'";
        } else if (type instanceof BinaryType) {
            return "x" + HexFormat.of().formatHex(vector.getBinary(row));
        } else if (type instanceof DateType) {
            return "d" + vector.getInt(row);
        } else if (type instanceof TimestampType || type instanceof TimestampNTZType) {
            return "t" + vector.getLong(row);
        } else if (type instanceof DecimalType decimal) {
            return vector.getDecimal(row).setScale(decimal.getScale()).toPlainString();
        } else if (type instanceof LongType) {
            return String.valueOf(vector.getLong(row));
        } else if (type instanceof IntegerType) {
            return String.valueOf(vector.getInt(row));
        } else if (type instanceof ShortType) {
            return String.valueOf(vector.getShort(row));
        } else if (type instanceof ByteType) {
            return String.valueOf(vector.getByte(row));
        } else if (type instanceof BooleanType) {
            return String.valueOf(vector.getBoolean(row));
        } else if (type instanceof FloatType) {
            return String.valueOf(vector.getFloat(row));
        } else if (type instanceof DoubleType) {
            return String.valueOf(vector.getDouble(row));
        }
        throw new IllegalArgumentException("no text for " + type);
    }
}
