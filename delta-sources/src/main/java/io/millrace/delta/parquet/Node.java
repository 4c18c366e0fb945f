package io.millrace.delta.parquet;

import io.millrace.delta.parquet.vector.DecodedVector;
import io.millrace.delta.parquet.vector.ListShape;
import io.millrace.delta.parquet.vector.StructVector;
import java.util.List;
import org.apache.flink.table.data.columnar.vector.ColumnVector;

/** A wanted column or field: where its vector comes from. */
sealed interface Node {

    ColumnVector vector();

    /** Makes this node's vector from the leaves' levels, once they are read. */
    void assemble();

    /** The same for all rows, not read from the file. */
    record Constant(ColumnVector vector) implements Node {
        @Override
        public void assemble() {}
    }

    /** A leaf's vector as it is. */
    record Leaf(LeafReader reader, DecodedVector vector) implements Node {
        @Override
        public void assemble() {}
    }

    /**
     * A struct.
     *
     * @param shape a leaf of the struct, which knows where the struct is null
     * @param place of the struct itself
     */
    record Struct(StructVector vector, List<Node> fields, LeafReader shape, Place place)
            implements Node {

        @Override
        public void assemble() {
            fields.forEach(Node::assemble);
            vector.reset();
            if (place.definition() > place.slotDefinition()) {
                NestedAssembly.structs(shape, place, vector);
            }
        }
    }

    /**
     * A list or a map.
     *
     * @param parts the elements, or keys and values
     * @param shape a leaf of the elements, which knows where lists begin and end
     * @param place of the list itself
     */
    record Repeated(
            ListShape shapeVector,
            ColumnVector vector,
            List<Node> parts,
            LeafReader shape,
            Place place)
            implements Node {

        @Override
        public void assemble() {
            parts.forEach(Node::assemble);
            shapeVector.reset();
            NestedAssembly.lists(shape, place, shapeVector);
        }
    }
}
