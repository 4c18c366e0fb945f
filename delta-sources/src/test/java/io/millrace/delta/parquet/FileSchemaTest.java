package io.millrace.delta.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.types.VariantType;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.variant.BinaryVariant;
import org.apache.flink.types.variant.BinaryVariantInternalBuilder;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose schema is not that of the table. */
class FileSchemaTest {

    private static final DataType INT = IntegerType.INTEGER;

    @TempDir private Path folder;

    @Test
    void readsListsOfOldWriters() throws IOException {
        OneFile file =
                write(
                        """
                        message m {
                          repeated int32 bare;
                          optional group two (LIST) { repeated int32 array; }
                          optional group bag (LIST) { repeated group bag { optional int32 array_element; } }
                          optional group arr (LIST) { repeated group array { required int32 x; } }
                          optional group tup (LIST) { repeated group tup_tuple { required int32 x; } }
                          optional group pairs (LIST) { repeated group element { required int32 x; optional int32 y; } }
                          optional group lists (LIST) { repeated group array (LIST) { repeated int32 array; } }
                        }
                        """,
                        row -> {
                            row.add("bare", 1);
                            row.add("bare", 2);
                            Group two = row.addGroup("two");
                            two.add("array", 3);
                            two.add("array", 4);
                            Group bag = row.addGroup("bag");
                            bag.addGroup("bag");
                            bag.addGroup("bag").add("array_element", 5);
                            row.addGroup("arr").addGroup("array").add("x", 6);
                            row.addGroup("tup").addGroup("tup_tuple").add("x", 7);
                            row.addGroup("pairs").addGroup("element").append("x", 8);
                            Group lists = row.addGroup("lists");
                            lists.addGroup("array").append("array", 9).append("array", 10);
                            lists.addGroup("array");
                        },
                        row -> row.addGroup("two"));
        DataType x = new StructType().add("x", INT);
        DataType pair = new StructType().add("x", INT).add("y", INT);
        StructType table =
                new StructType()
                        .add("bare", list(INT))
                        .add("two", list(INT))
                        .add("bag", list(INT))
                        .add("arr", list(x))
                        .add("tup", list(x))
                        .add("pairs", list(pair))
                        .add("lists", list(list(INT)));

        assertThat(file.read(table))
                .containsExactly(
                        "([1, 2], [3, 4], [null, 5], [(6)], [(7)], [(8, null)], [[9, 10], []])",
                        "([], [], null, null, null, null, null)");
        assertThat(file.read(new StructType().add("arr", list(INT)))).contains("([6])");
    }

    @Test
    void readsMapsOfOldWriters() throws IOException {
        OneFile file =
                write(
                        """
                        message m {
                          optional group a (MAP_KEY_VALUE) { repeated group map { required int32 key; optional int32 value; } }
                          optional group b (MAP) { repeated group entries { optional int32 v; required int32 key; } }
                        }
                        """,
                        row -> {
                            row.addGroup("a").addGroup("map").append("key", 1).append("value", 2);
                            row.addGroup("b").addGroup("entries").append("v", 4).append("key", 3);
                        });

        assertThat(file.read(new StructType().add("a", map(INT)).add("b", map(INT))))
                .containsExactly("({1=2}, {3=4})");
    }

    @Test
    void readsNarrowerTypesAsTheWiderOnesOfTheTable() throws IOException {
        OneFile file =
                write(
                        """
                        message m {
                          required int32 a; required int32 b; required int32 c; required float d;
                          required int32 e (DATE); required int32 f (DECIMAL(5,2));
                          required int64 g (DECIMAL(12,2)); required binary h (DECIMAL(4,1));
                          required int32 i; required int64 j;
                          required group k (LIST) { repeated group list { required int32 element; } }
                        }
                        """,
                        row -> {
                            row.append("a", -7).append("b", 8).append("c", 9).append("d", 0.5f);
                            row.append("e", -1).append("f", 12345).append("g", -678L);
                            row.append("h", Binary.fromConstantByteArray(new byte[] {-1, 56}));
                            row.append("i", 3).append("j", 4L);
                            row.addGroup("k").addGroup("list").add("element", 5);
                        });
        StructType table =
                new StructType()
                        .add("a", LongType.LONG)
                        .add("b", ShortType.SHORT)
                        .add("c", DoubleType.DOUBLE)
                        .add("d", DoubleType.DOUBLE)
                        .add("e", TimestampNTZType.TIMESTAMP_NTZ)
                        .add("f", new DecimalType(10, 4))
                        .add("g", new DecimalType(30, 5))
                        .add("h", new DecimalType(8, 3))
                        .add("i", new DecimalType(12, 2))
                        .add("j", new DecimalType(22, 2))
                        .add("k", list(LongType.LONG));

        assertThat(file.read(table))
                .containsExactly(
                        "(-7, 8, 9.0, 0.5, 1969-12-31T00:00, 123.4500, -6.78000, -20.000, 3.00,"
                                + " 4.00, [5])");
    }

    @Test
    void fieldsThatTheFileLacksAreNullAndOthersAreLeftOut() throws IOException {
        OneFile file =
                write(
                        """
                        message m {
                          optional group s { optional int32 old; optional int32 kept; }
                          optional group l (LIST) { repeated group list { optional group element { optional int32 old; } } }
                          optional binary B;
                        }
                        """,
                        row -> {
                            row.addGroup("s").append("old", 1).append("kept", 2);
                            Group list = row.addGroup("l");
                            list.addGroup("list");
                            list.addGroup("list").addGroup("element").append("old", 3);
                        },
                        row -> row.append("B", "x"));
        DataType s = new StructType().add("kept", INT).add("added", INT);
        DataType e = new StructType().add("added", INT);
        StructType table =
                new StructType()
                        .add("new", StringType.STRING)
                        .add("l", list(e))
                        .add("s", s)
                        .add("b", BinaryType.BINARY);

        assertThat(file.read(table))
                .containsExactly(
                        "(null, [null, (null)], (2, null), null)", "(null, null, null, x[120])");
        RowType nested = RowType.of(new IntType[] {new IntType()}, new String[] {"added"});
        assertThat(
                        file.read(
                                table,
                                RowType.of(new LogicalType[] {nested}, new String[] {"s"}),
                                Map.of()))
                .containsExactly("((null))", "(null)");
    }

    @Test
    void findsRenamedColumnsByIdAndByName() throws IOException {
        OneFile file =
                write(
                        "message m { optional int32 p1 = 1; optional group p2 = 2 { optional int32 p3 = 3; } }",
                        row -> row.append("p1", 1).addGroup("p2").append("p3", 2));
        DataType inner = new StructType().add(mapped("x", "wrong", 3));
        StructType byId =
                new StructType()
                        .add(mapped("a.b", "none", 1))
                        .add(mapped("ä", "nowhere", 2, inner))
                        .add(mapped("p1", "added", 9));
        DataType named = new StructType().add(mapped("x", "p3", 8));
        StructType byName =
                new StructType().add(mapped("a", "p1", 7)).add(mapped("b", "p2", 1, named));

        assertThat(read(file, byId, "id")).containsExactly("(1, (2), null)");
        assertThat(read(file, byName, "name")).containsExactly("(1, (2))");
    }

    @Test
    void readsVariantsAndRefusesShreddedOnes() throws IOException {
        StructType table = new StructType().add("v", VariantType.VARIANT);
        BinaryVariant variant =
                BinaryVariantInternalBuilder.parseJson("{\"a\": [1, \"x\"]}", false);
        String fields = "required binary metadata; required binary value;";
        OneFile file =
                write(
                        "message m { optional group v { " + fields + " } }",
                        row -> {},
                        row ->
                                row.addGroup("v")
                                        .append("metadata", binary(variant.getMetadata()))
                                        .append("value", binary(variant.getValue())));

        assertThat(file.read(table)).containsExactly("(null)", "(" + variant + ")");
        OneFile shredded =
                new OneFile(Files.createDirectory(folder.resolve("shredded")))
                        .write(
                                "message m { optional group v { "
                                        + fields
                                        + " optional int32 typed_value; } }");
        assertThatThrownBy(() -> shredded.read(table))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("cannot read column v of part.parquet")
                .hasMessageContaining("typed_value");
    }

    private static Binary binary(byte[] bytes) {
        return Binary.fromConstantByteArray(bytes);
    }

    @Test
    void aWrongTypeIsRefusedNamingFileColumnAndBothTypes() throws IOException {
        OneFile file =
                write(
                        "message m { optional group s { optional int64 x; } }",
                        row -> row.addGroup("s").append("x", 1L));

        for (DataType wrong :
                List.of(
                        INT,
                        StringType.STRING,
                        DateType.DATE,
                        TimestampType.TIMESTAMP,
                        BooleanType.BOOLEAN,
                        list(INT),
                        map(INT))) {
            StructType table = new StructType().add("s", new StructType().add("x", wrong));
            assertThatThrownBy(() -> file.read(table))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("cannot read column s.x of part.parquet")
                    .hasMessageContaining("optional int64 x")
                    .hasMessageContaining("the table says");
        }
        assertThatThrownBy(() -> file.read(new StructType().add("s", INT)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("cannot read column s of part.parquet");
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        OneFile file =
                write(
                        "message m { required int32 x; }",
                        row -> row.append("x", 1),
                        row -> row.append("x", 2));
        byte[] whole = Files.readAllBytes(file.path());
        StructType table = new StructType().add("x", INT);
        for (byte[] bytes :
                List.of(
                        new byte[0],
                        new byte[1000],
                        Arrays.copyOf(whole, whole.length - 1),
                        Arrays.copyOfRange(whole, 20, whole.length))) {
            Files.write(file.path(), bytes);

            assertThatThrownBy(() -> file.read(table))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("part.parquet");
        }
    }

    @SafeVarargs
    private OneFile write(String schema, Consumer<Group>... rows) throws IOException {
        return new OneFile(folder).write(schema, rows);
    }

    private static List<String> read(OneFile file, StructType table, String mode)
            throws IOException {
        return file.read(
                table, DeltaTypes.toRowType(table), Map.of("delta.columnMapping.mode", mode));
    }

    private static StructField mapped(String name, String physical, long id) {
        return mapped(name, physical, id, INT);
    }

    private static StructField mapped(String name, String physical, long id, DataType type) {
        return new StructField(
                name,
                type,
                true,
                FieldMetadata.builder()
                        .putLong("delta.columnMapping.id", id)
                        .putString("delta.columnMapping.physicalName", physical)
                        .build());
    }

    private static DataType list(DataType element) {
        return new ArrayType(element, true);
    }

    private static DataType map(DataType value) {
        return new MapType(INT, value, true);
    }
}
