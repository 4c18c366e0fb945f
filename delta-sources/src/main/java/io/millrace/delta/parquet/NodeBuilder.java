package io.millrace.delta.parquet;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.VariantType;
import io.millrace.delta.parquet.vector.ConstantVector;
import io.millrace.delta.parquet.vector.DecodedVector;
import io.millrace.delta.parquet.vector.ListVector;
import io.millrace.delta.parquet.vector.MapVector;
import io.millrace.delta.parquet.vector.StructVector;
import io.millrace.delta.types.DeltaTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Finds wanted columns in a file and makes the nodes and leaf readers for them. */
final class NodeBuilder {

    private static final StructType VARIANT =
            new StructType().add("value", BinaryType.BINARY).add("metadata", BinaryType.BINARY);

    private final FileContext file;
    private final PhysicalColumns names;
    private final MessageType fileSchema;
    private final List<LeafReader> known;
    private final List<LeafReader> leaves = new ArrayList<>();
    private final List<DecodedVector> leafVectors = new ArrayList<>();

    NodeBuilder(FileContext file, PhysicalColumns names, MessageType fileSchema) {
        this(file, names, fileSchema, List.of());
    }

    private NodeBuilder(
            FileContext file,
            PhysicalColumns names,
            MessageType fileSchema,
            List<LeafReader> known) {
        this.file = requireNonNull(file, "file is null");
        this.names = requireNonNull(names, "names is null");
        this.fileSchema = requireNonNull(fileSchema, "fileSchema is null");
        this.known = requireNonNull(known, "known is null");
    }

    /** Readers of all leaves that the nodes made so far need. */
    List<LeafReader> leaves() {
        return List.copyOf(leaves);
    }

    /** The leaves' vectors in the nodes made so far, in the order of {@link #leaves}. */
    List<DecodedVector> leafVectors() {
        return List.copyOf(leafVectors);
    }

    /**
     * Makes further nodes of the same columns, asked for in the same order, with vectors of their
     * own but the same readers.
     */
    NodeBuilder again() {
        return new NodeBuilder(file, names, fileSchema, leaves());
    }

    /** A top-level column; null for all rows if the file lacks it. */
    Node column(StructField column, StructType siblings, LogicalType wanted) {
        return field(Scope.of(fileSchema), column, siblings, wanted);
    }

    private Node field(Scope parent, StructField field, StructType siblings, LogicalType wanted) {
        Optional<Type> stored =
                names.find(parent.stored().asGroupType(), field, siblings)
                        .filter(type -> wanted.getTypeRoot() != LogicalTypeRoot.NULL);
        if (stored.isEmpty()) {
            return new Node.Constant(ConstantVector.ofNull());
        }
        return value(parent.field(field.getName(), stored.get()), field.getDataType(), wanted);
    }

    /** A field, element, key or value of the file that is there. */
    private Node value(Scope scope, DataType type, LogicalType wanted) {
        if (wanted instanceof RowType row && type instanceof StructType struct) {
            return struct(scope, struct, row);
        } else if (type instanceof ArrayType array) {
            return list(scope, array.getElementType(), wanted);
        } else if (type instanceof MapType map) {
            return map(scope, map, wanted);
        } else if (type instanceof VariantType) {
            return variant(scope, wanted);
        } else if (!scope.stored().isPrimitive() || scope.isBareList()) {
            throw refused(scope, wanted);
        }
        LeafKind kind =
                LeafMatching.match(scope.stored().asPrimitiveType(), wanted)
                        .orElseThrow(() -> refused(scope, wanted));
        LeafReader reader = leaf(scope, kind);
        return new Node.Leaf(reader, leafVectors.get(leafVectors.size() - 1));
    }

    private LeafReader leaf(Scope scope, LeafKind kind) {
        if (leaves.size() < known.size()) {
            LeafReader again = known.get(leaves.size());
            leafVectors.add(again.newVector());
            leaves.add(again);
            return again;
        }
        String[] path = scope.path().toArray(new String[0]);
        ColumnDescriptor column = fileSchema.getColumnDescription(path);
        LeafReader leaf =
                LeafReader.of(column, kind, scope.place().slotDefinition(), path.length > 1);
        leafVectors.add(leaf.vector());
        leaves.add(leaf);
        return leaf;
    }

    private Node struct(Scope scope, StructType struct, RowType wanted) {
        if (scope.stored().isPrimitive() || scope.isBareList()) {
            throw refused(scope, wanted);
        }
        int firstLeaf = leaves.size();
        List<Node> fields = new ArrayList<>();
        for (RowType.RowField field : wanted.getFields()) {
            int index = struct.indexOf(field.getName());
            if (index < 0) {
                throw new IllegalArgumentException(
                        file.table()
                                + ": cannot read column "
                                + scope.name()
                                + "."
                                + field.getName()
                                + ": the table has "
                                + struct.fieldNames());
            }
            fields.add(field(scope, struct.at(index), struct, field.getType()));
        }
        return new Node.Struct(
                new StructVector(0, vectors(fields)),
                fields,
                shape(scope, firstLeaf),
                scope.place());
    }

    /** A struct of value and metadata, in this order, as Flink wants it. */
    private Node variant(Scope scope, LogicalType wanted) {
        if (wanted.getTypeRoot() != LogicalTypeRoot.VARIANT
                || scope.stored().isPrimitive()
                || scope.stored().asGroupType().containsField("typed_value")) {
            throw refused(scope, wanted);
        }
        return struct(scope, VARIANT, DeltaTypes.toRowType(VARIANT));
    }

    /** The simplest of the leaves inside of {@code scope}, or one that is read for its levels. */
    private LeafReader shape(Scope scope, int firstLeaf) {
        LeafReader simplest = null;
        for (LeafReader leaf : leaves.subList(firstLeaf, leaves.size())) {
            if (simplest == null
                    || leaf.column().getMaxRepetitionLevel()
                            < simplest.column().getMaxRepetitionLevel()) {
                simplest = leaf;
            }
        }
        return simplest != null ? simplest : leaf(scope.firstLeaf(), LeafKind.levelsOnly());
    }

    private Node list(Scope scope, DataType elementType, LogicalType wanted) {
        Optional<Scope> element = scope.listElement(elementType instanceof StructType);
        if (element.isEmpty() || wanted.getTypeRoot() != LogicalTypeRoot.ARRAY) {
            throw refused(scope, wanted);
        }
        int firstLeaf = leaves.size();
        Node elements = value(element.get(), elementType, wanted.getChildren().get(0));
        ListVector vector = new ListVector(0, elements.vector());
        return new Node.Repeated(
                vector, vector, List.of(elements), shape(element.get(), firstLeaf), scope.place());
    }

    private Node map(Scope scope, MapType type, LogicalType wanted) {
        Optional<Scope.Entry> found = scope.mapEntry();
        if (found.isEmpty() || wanted.getTypeRoot() != LogicalTypeRoot.MAP) {
            throw refused(scope, wanted);
        }
        Scope.Entry entry = found.get();
        int firstLeaf = leaves.size();
        Node keys = value(entry.key(), type.getKeyType(), wanted.getChildren().get(0));
        Node values =
                entry.value().isPresent()
                        ? value(
                                entry.value().get(),
                                type.getValueType(),
                                wanted.getChildren().get(1))
                        : new Node.Constant(ConstantVector.ofNull());
        MapVector vector = new MapVector(0, keys.vector(), values.vector());
        return new Node.Repeated(
                vector,
                vector,
                List.of(keys, values),
                shape(entry.key(), firstLeaf),
                scope.place());
    }

    private static ColumnVector[] vectors(List<Node> nodes) {
        return nodes.stream().map(Node::vector).toArray(ColumnVector[]::new);
    }

    private RuntimeException refused(Scope scope, LogicalType wanted) {
        return file.refused(
                scope.name(), scope.stored().toString(), wanted.copy(true).asSummaryString());
    }
}
