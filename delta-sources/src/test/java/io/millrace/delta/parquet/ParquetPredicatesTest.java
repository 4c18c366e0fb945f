package io.millrace.delta.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.StructType;
import io.millrace.delta.scan.FieldPath;
import io.millrace.delta.scan.Literal;
import io.millrace.delta.scan.Predicate;
import io.millrace.delta.scan.Predicate.Comparison;
import io.millrace.delta.scan.Predicate.Operator;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableMetadata;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.TreeSet;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetPredicatesTest {

    private static final int ROWS = 1000;
    private static final int ROWS_OF_GROUP = 250;
    private static final int ROWS_OF_PAGE = 50;

    private static final MessageType SCHEMA =
            MessageTypeParser.parseMessageType(
                    """
                    message t {
                      optional int32 i; optional int64 l; optional double d; optional float f;
                      optional binary s (STRING); optional boolean b; optional int32 dt (DATE);
                      optional int64 us (TIMESTAMP(MICROS,true));
                      optional int64 ms (TIMESTAMP(MILLIS,false));
                      optional int32 d9 (DECIMAL(9,2));
                      optional fixed_len_byte_array(13) d30 (DECIMAL(30,2));
                      optional group n { optional int32 x; }
                      optional group a (LIST) { repeated group list { optional int32 element; } }
                      optional binary h (STRING); optional int96 t96; optional int32 z;
                      optional int64 u (INTEGER(64,false));
                    }
                    """);

    @TempDir private static Path folder;

    private static Path file;

    /** Every column but z grows with the row; h is scattered. */
    @BeforeAll
    static void write() throws IOException {
        file = folder.resolve("t.parquet");
        try (ParquetWriter<Group> writer =
                ExampleParquetWriter.builder(new LocalOutputFile(file))
                        .withType(SCHEMA)
                        .withRowGroupRowCountLimit(ROWS_OF_GROUP)
                        .withPageRowCountLimit(ROWS_OF_PAGE)
                        .withMinRowCountForPageSizeCheck(1)
                        .withDictionaryEncoding(false)
                        .withBloomFilterEnabled("h", true)
                        .build()) {
            for (int row = 0; row < ROWS; row++) {
                writer.write(group(row));
            }
        }
    }

    private static Group group(int row) {
        Group group = new SimpleGroup(SCHEMA);
        group.append("i", row).append("l", (long) row).append("d", row - 500.0);
        group.append("f", row - 500.0f).append("s", "s%04d".formatted(row)).append("b", row >= 500);
        group.append("dt", row).append("us", row * 1000L).append("ms", (long) row);
        group.append("d9", row * 100);
        byte[] digits = BigInteger.valueOf((row - 500) * 100L).toByteArray();
        byte[] padded = new byte[13];
        Arrays.fill(padded, (byte) (digits[0] < 0 ? -1 : 0));
        System.arraycopy(digits, 0, padded, 13 - digits.length, digits.length);
        group.append("d30", Binary.fromConstantByteArray(padded));
        group.addGroup("n").append("x", row);
        group.addGroup("a").addGroup("list").append("element", row);
        group.append("h", "h" + (row * 7919L) % 1009).append("u", (long) row);
        if (row < 300) {
            group.append("z", 0);
        }
        return group;
    }

    private static Predicate compare(
            String field, Operator operator, LogicalType type, Serializable value) {
        FieldPath path = new FieldPath(List.of(field.split("/")));
        return new Comparison(path, operator, new Literal(type, value));
    }

    private static Optional<FilterPredicate> translate(Predicate predicate) {
        return ParquetPredicates.of(
                predicate,
                field -> {
                    String[] path = field.names().toArray(String[]::new);
                    return SCHEMA.containsPath(path)
                            ? Optional.of(SCHEMA.getColumnDescription(path))
                            : Optional.empty();
                });
    }

    /** First and last row that are read, and how many are. */
    private static List<Long> rows(Predicate predicate) throws IOException {
        FilterCompat.Filter filter = FilterCompat.get(translate(predicate).orElseThrow());
        TreeSet<Long> rows = new TreeSet<>();
        try (ParquetFileReader reader =
                ParquetFileReader.open(
                        new LocalInputFile(file),
                        ParquetReadOptions.builder(new PlainParquetConfiguration())
                                .withRecordFilter(filter)
                                .build())) {
            PageReadStore pages;
            while ((pages = reader.readNextFilteredRowGroup()) != null) {
                long offset = pages.getRowIndexOffset().orElseThrow();
                if (pages.getRowIndexes().isEmpty()) {
                    for (long row = 0; row < pages.getRowCount(); row++) {
                        rows.add(offset + row);
                    }
                } else {
                    PrimitiveIterator.OfLong indexes = pages.getRowIndexes().get();
                    indexes.forEachRemaining((long row) -> rows.add(offset + row));
                }
            }
        }
        return rows.isEmpty() ? List.of() : List.of(rows.first(), rows.last(), (long) rows.size());
    }

    @Test
    void pagesThatCannotMatchAreNotRead() throws IOException {
        LogicalType utc = new LocalZonedTimestampType(6);
        LogicalType local = new TimestampType(6);
        Operator at = Operator.EQUAL;
        List<Predicate> predicates =
                List.of(
                        compare("i", at, new IntType(), 620),
                        compare("i", at, new DecimalType(5, 1), new BigDecimal("620.0")),
                        compare("l", at, new BigIntType(), 620L),
                        compare("d", at, new DoubleType(), 120.0),
                        compare("f", at, new DoubleType(), 120.0),
                        compare("s", at, new VarCharType(), "s0620"),
                        compare("dt", at, new DateType(), 620),
                        compare("us", at, utc, 620_000L),
                        compare("ms", at, local, 620_000L),
                        compare("d9", at, new DecimalType(9, 2), new BigDecimal("620")),
                        compare("d9", at, new IntType(), 620),
                        compare("d30", at, new DecimalType(30, 2), new BigDecimal("120.00")),
                        compare("n/x", at, new IntType(), 620),
                        new Predicate.StartsWith(FieldPath.of("s"), "s062"));
        for (Predicate predicate : predicates) {
            assertThat(rows(predicate)).as("%s", predicate).containsExactly(600L, 649L, 50L);
        }
    }

    @Test
    void ordersAreThoseOfSql() throws IOException {
        assertThat(rows(compare("i", Operator.LESS, new IntType(), 50)))
                .containsExactly(0L, 49L, 50L);
        assertThat(rows(compare("i", Operator.GREATER, new IntType(), 948)))
                .containsExactly(900L, 999L, 100L);
        assertThat(
                        rows(
                                compare(
                                        "d30",
                                        Operator.LESS_OR_EQUAL,
                                        new DecimalType(30, 2),
                                        new BigDecimal("-451"))))
                .containsExactly(0L, 49L, 50L);
        assertThat(rows(compare("b", Operator.EQUAL, new BooleanType(), true)))
                .containsExactly(500L, 999L, 500L);
        assertThat(rows(compare("d", Operator.GREATER_OR_EQUAL, new DoubleType(), 0.0)))
                .containsExactly(500L, 999L, 500L);
    }

    @Test
    void nullsAreSkippedOrSoughtByTheirCounts() throws IOException {
        assertThat(rows(new Predicate.IsNotNull(FieldPath.of("z"))))
                .containsExactly(0L, 299L, 300L);
        assertThat(rows(new Predicate.IsNull(FieldPath.of("z")))).containsExactly(300L, 999L, 700L);
        assertThat(rows(compare("z", Operator.GREATER_OR_EQUAL, new IntType(), 0)))
                .containsExactly(0L, 299L, 300L);
    }

    @Test
    void partsOfAConditionThatCannotBeSaidAreLeftOutWhereThatIsRight() throws IOException {
        Predicate said = compare("i", Operator.LESS, new IntType(), 50);
        Predicate unsaid = compare("a/list/element", Operator.EQUAL, new IntType(), 1);

        assertThat(rows(new Predicate.And(List.of(said, unsaid)))).containsExactly(0L, 49L, 50L);
        assertThat(translate(new Predicate.Or(List.of(said, unsaid)))).isEmpty();
        assertThat(
                        rows(
                                new Predicate.Or(
                                        List.of(
                                                said,
                                                compare(
                                                        "i",
                                                        Operator.GREATER,
                                                        new IntType(),
                                                        960)))))
                .containsExactly(0L, 999L, 100L);
    }

    @Test
    void whatParquetComparesOtherwiseIsNotSaid() {
        List<Predicate> unsaid =
                List.of(
                        compare("d", Operator.NOT_EQUAL, new DoubleType(), 1.0),
                        compare("d", Operator.EQUAL, new DoubleType(), 0.0),
                        compare("f", Operator.EQUAL, new DoubleType(), 0.1),
                        compare("u", Operator.EQUAL, new BigIntType(), 5L),
                        compare("t96", Operator.EQUAL, new LocalZonedTimestampType(6), 5L),
                        compare("us", Operator.EQUAL, new TimestampType(6), 5L),
                        compare("ms", Operator.EQUAL, new TimestampType(6), 5L),
                        compare("i", Operator.EQUAL, new BigIntType(), 5_000_000_000L),
                        compare(
                                "d9",
                                Operator.EQUAL,
                                new DecimalType(9, 3),
                                new BigDecimal("0.001")),
                        compare("i", Operator.EQUAL, new DoubleType(), 5.0),
                        compare("gone", Operator.EQUAL, new IntType(), 5),
                        new Predicate.IsNull(FieldPath.of("n")),
                        Predicate.TRUE);
        for (Predicate predicate : unsaid) {
            assertThat(translate(predicate)).as("%s", predicate).isEmpty();
        }
    }

    @Test
    void aBloomFilterRulesOutRowGroupsThatBoundsDoNot() throws IOException {
        assertThat(rows(compare("h", Operator.EQUAL, new VarCharType(), "h500x"))).isEmpty();
        List<Long> found =
                rows(
                        new Predicate.In(
                                FieldPath.of("h"),
                                List.of(
                                        new Literal(new VarCharType(), "h0"),
                                        new Literal(new VarCharType(), "h5x"))));
        assertThat(found.get(1)).isLessThan(ROWS_OF_GROUP);
    }

    /** The column that a file is read by has another name there; the rows keep their positions. */
    @Test
    void aReaderSkipsPages() throws IOException {
        FieldMetadata mapping =
                FieldMetadata.builder()
                        .putString("delta.columnMapping.physicalName", "i")
                        .putLong("delta.columnMapping.id", 1)
                        .build();
        TableMetadata metadata =
                new TableMetadata(
                        "id",
                        new StructType().add("number", IntegerType.INTEGER, true, mapping),
                        List.of(),
                        Map.of("delta.columnMapping.mode", "name"));
        Predicate filter =
                new Predicate.Or(
                        List.of(
                                compare("number", Operator.LESS, new IntType(), 20),
                                compare("number", Operator.EQUAL, new IntType(), 777)));
        List<Integer> read = new ArrayList<>();
        try (ColumnarFileReader reader =
                ColumnarFileReader.open(
                        DeltaTable.at(folder.toString()),
                        metadata,
                        new FileToRead("t.parquet", FileToRead.UNKNOWN_SIZE, Map.of()),
                        RowType.of(new LogicalType[] {new IntType()}, new String[] {"number"}),
                        new ReadRange(ByteRange.ALL, 10, filter))) {
            for (Optional<ColumnBatch> batch = reader.next();
                    batch.isPresent();
                    batch = reader.next()) {
                for (int row = 0; row < batch.get().rows(); row++) {
                    read.add(batch.get().vectors().getInt(row, 0));
                    assertThat(batch.get().position(row))
                            .isEqualTo((long) read.get(read.size() - 1));
                }
            }
            assertThat(reader.rowGroupsSkipped()).isEqualTo(2);
        }
        assertThat(read).hasSize(90).startsWith(10, 11).contains(49, 750, 777).endsWith(799);
    }
}
