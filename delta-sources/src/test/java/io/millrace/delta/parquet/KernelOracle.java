package io.millrace.delta.parquet;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.MetadataColumnSpec;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/**
 * Reads data files through Kernel's own Parquet reader: the slow oracle that the project's reader
 * is compared with.
 */
public final class KernelOracle {

    private static final StructField POSITION =
            StructField.createMetadataColumn("_millrace.row_index", MetadataColumnSpec.ROW_INDEX);

    private KernelOracle() {}

    /**
     * All rows of a file, deleted ones too, in its order.
     *
     * @param columns logical names of top-level columns
     */
    public static List<PositionedRow> rows(
            DeltaTable table, TableMetadata metadata, FileToRead file, List<String> columns)
            throws IOException {
        Physical physical = new Physical(metadata);
        List<StructField> stored = new ArrayList<>();
        for (String name : columns) {
            StructField column = metadata.schema().get(name);
            if (!metadata.partitionColumns().contains(name)) {
                stored.add(physical.field(column));
            }
        }
        stored.add(POSITION);
        String path = table.resolve(file.path());
        long size = table.engine().getFileSystemClient().getFileStatus(path).getSize();
        List<PositionedRow> rows = new ArrayList<>();
        try (CloseableIterator<FileReadResult> batches =
                table.engine()
                        .getParquetHandler()
                        .readParquetFiles(
                                files(FileStatus.of(path, size, 0)),
                                new StructType(stored),
                                Optional.empty())) {
            while (batches.hasNext()) {
                ColumnarBatch batch = batches.next().getData();
                for (int row = 0; row < batch.getSize(); row++) {
                    rows.add(row(metadata, file, physical, columns, batch, row));
                }
            }
        }
        return rows;
    }

    private static CloseableIterator<FileStatus> files(FileStatus... files) {
        Iterator<FileStatus> iterator = List.of(files).iterator();
        return new CloseableIterator<>() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public FileStatus next() {
                return iterator.next();
            }

            @Override
            public void close() {}
        };
    }

    private static PositionedRow row(
            TableMetadata metadata,
            FileToRead file,
            Physical physical,
            List<String> columns,
            ColumnarBatch batch,
            int row) {
        GenericRowData values = new GenericRowData(columns.size());
        int ordinal = 0;
        for (int i = 0; i < columns.size(); i++) {
            StructField column = metadata.schema().get(columns.get(i));
            if (metadata.partitionColumns().contains(column.getName())) {
                String value = file.partitionValues().get(physical.name(column));
                values.setField(i, PartitionValues.parse(column.getDataType(), value));
            } else {
                ColumnVector vector = batch.getColumnVector(ordinal++);
                values.setField(i, value(column.getDataType(), vector, row));
            }
        }
        return new PositionedRow(values, batch.getColumnVector(ordinal).getLong(row));
    }

    private static Object value(DataType type, ColumnVector vector, int row) {
        if (vector.isNullAt(row)) {
            return null;
        } else if (type instanceof StringType) {
            return StringData.fromBytes(vector.getBinary(row));
        } else if (type instanceof LongType) {
            return vector.getLong(row);
        } else if (type instanceof IntegerType || type instanceof DateType) {
            return vector.getInt(row);
        } else if (type instanceof DoubleType) {
            return vector.getDouble(row);
        } else if (type instanceof BooleanType) {
            return vector.getBoolean(row);
        } else if (type instanceof ShortType) {
            return vector.getShort(row);
        } else if (type instanceof ByteType) {
            return vector.getByte(row);
        } else if (type instanceof FloatType) {
            return vector.getFloat(row);
        } else if (type instanceof BinaryType) {
            return vector.getBinary(row);
        } else if (type instanceof TimestampType || type instanceof TimestampNTZType) {
            long micros = vector.getLong(row);
            return TimestampData.fromEpochMillis(
                    Math.floorDiv(micros, 1000L), (int) Math.floorMod(micros, 1000L) * 1000);
        } else if (type instanceof DecimalType decimal) {
            return DecimalData.fromBigDecimal(
                    vector.getDecimal(row), decimal.getPrecision(), decimal.getScale());
        } else if (type instanceof StructType struct) {
            GenericRowData value = new GenericRowData(struct.length());
            for (int i = 0; i < struct.length(); i++) {
                value.setField(i, value(struct.at(i).getDataType(), vector.getChild(i), row));
            }
            return value;
        } else if (type instanceof ArrayType array) {
            ArrayValue value = vector.getArray(row);
            Object[] elements = new Object[value.getSize()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = value(array.getElementType(), value.getElements(), i);
            }
            return new GenericArrayData(elements);
        } else if (type instanceof MapType map) {
            MapValue value = vector.getMap(row);
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < value.getSize(); i++) {
                entries.put(
                        value(map.getKeyType(), value.getKeys(), i),
                        value(map.getValueType(), value.getValues(), i));
            }
            return new GenericMapData(entries);
        }
        throw new IllegalArgumentException("columns of type " + type + " cannot be read");
    }

    /** The table's columns as Kernel's Parquet reader is to look for them. */
    private record Physical(String mode) {

        Physical(TableMetadata metadata) {
            this(
                    metadata.properties()
                            .getOrDefault("delta.columnMapping.mode", "none")
                            .toLowerCase(Locale.ROOT));
        }

        String name(StructField field) {
            String key = "delta.columnMapping.physicalName";
            return !mode.equals("none") && field.getMetadata().contains(key)
                    ? field.getMetadata().getString(key)
                    : field.getName();
        }

        StructField field(StructField field) {
            FieldMetadata metadata = FieldMetadata.empty();
            if (mode.equals("id") && field.getMetadata().contains("delta.columnMapping.id")) {
                long id = field.getMetadata().getLong("delta.columnMapping.id");
                metadata = FieldMetadata.builder().putLong("parquet.field.id", id).build();
            }
            return new StructField(name(field), type(field.getDataType()), true, metadata);
        }

        /** Strings are asked for as bytes, which they are compared as. */
        private DataType type(DataType type) {
            if (type instanceof StringType) {
                return BinaryType.BINARY;
            } else if (type instanceof StructType struct) {
                return new StructType(struct.fields().stream().map(this::field).toList());
            } else if (type instanceof ArrayType array) {
                return new ArrayType(type(array.getElementType()), array.containsNull());
            } else if (type instanceof MapType map) {
                return new MapType(
                        type(map.getKeyType()),
                        type(map.getValueType()),
                        map.isValueContainsNull());
            }
            return type;
        }
    }
}
