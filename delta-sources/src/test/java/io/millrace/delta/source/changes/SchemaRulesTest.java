package io.millrace.delta.source.changes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.StartingPosition;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.types.DeltaTypes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaRulesTest {

    private static final String ID = "table-id";

    private static final TableMetadata BEFORE = metadata(ID, schema(LongType.LONG), true);

    private final SchemaRules rules =
            rules(
                    new StructType()
                            .add("id", LongType.LONG, false)
                            .add("tags", new ArrayType(StringType.STRING, false)));

    @Test
    void columnsThatNobodyReadsMayComeAndGo() {
        StructType schema =
                schema(LongType.LONG).add("other", StringType.STRING).add("x", LongType.LONG);

        assertThatCode(() -> rules.check(metadata(ID, schema, true), 4, BEFORE))
                .doesNotThrowAnyException();
    }

    @Test
    void nullabilityMayChangeAtAnyDepth() {
        StructType schema =
                new StructType()
                        .add("id", LongType.LONG, true)
                        .add("tags", new ArrayType(StringType.STRING, true));

        assertThatCode(() -> rules.check(metadata(ID, schema, true), 4, BEFORE))
                .doesNotThrowAnyException();
    }

    @Test
    void aColumnThatGoesIsRefused() {
        StructType schema = new StructType().add("id", LongType.LONG);

        assertThatThrownBy(() -> rules.check(metadata(ID, schema, true), 4, BEFORE))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(
                        "/data/orders: cannot read the change feed of orders at version 4:"
                                + " column tags was dropped from the table.");
    }

    @Test
    void aColumnOfAnotherTypeIsRefused() {
        assertThatThrownBy(
                        () -> rules.check(metadata(ID, schema(StringType.STRING), true), 4, BEFORE))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("column id is of type string, the plan has long");
    }

    @Test
    void aColumnThatIsOnItsWayToTheTypeOfThePlanIsRead() {
        assertThatCode(
                        () ->
                                rules.check(
                                        metadata(ID, schema(IntegerType.INTEGER), true), 4, BEFORE))
                .doesNotThrowAnyException();
    }

    @Test
    void aColumnThatGrowsBeyondTheTypeOfThePlanIsRefused() {
        assertThatThrownBy(
                        () ->
                                rules.check(
                                        metadata(ID, schema(new DecimalType(20, 0)), true),
                                        4,
                                        BEFORE))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("at version 4: column id is of type Decimal(20, 0)")
                .hasMessageContaining("it goes on at this version if the state fits");
    }

    @Test
    void fieldsMayBeAddedToAStructThatIsRead() {
        SchemaRules nested = rules(new StructType().add("s", struct("a")));

        assertThatCode(() -> nested.check(nested(struct("b", "a")), 4, nested(struct("a"))))
                .doesNotThrowAnyException();
    }

    @Test
    void aFieldThatIsDroppedFromAStructIsRefusedByItsPath() {
        SchemaRules nested = rules(new StructType().add("s", struct("a")));

        assertThatThrownBy(() -> nested.check(nested(struct("b")), 4, nested(struct("a"))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("column s.a was dropped from the table");
    }

    @Test
    void aColumnAndAFieldThatComeLaterAreRefusedInTheSameWords() {
        StructType schema = new StructType().add("id", LongType.LONG).add("s", struct("a"));
        SchemaRules column = rules(new StructType().add("later", LongType.LONG));
        SchemaRules field = rules(new StructType().add("s", struct("a", "later")));
        String refused =
                "/data/orders: cannot read the change feed of orders at version 4: column %s is not"
                        + " in the table. Leave it out of the definition, or start at a version that"
                        + " has it.";

        assertThatThrownBy(() -> column.checkColumns(metadata(ID, schema, true), 4))
                .isInstanceOf(RefusedException.class)
                .hasMessage(refused.formatted("later"));
        assertThatThrownBy(() -> field.checkColumns(metadata(ID, schema, true), 4))
                .isInstanceOf(RefusedException.class)
                .hasMessage(refused.formatted("s.later"));
    }

    @Test
    void fieldsOfAStructThatNobodyReadsMayGo() {
        SchemaRules narrow = rules(new StructType().add("s", struct("a")));

        assertThatCode(() -> narrow.check(nested(struct("a")), 4, nested(struct("a", "b"))))
                .doesNotThrowAnyException();
    }

    @Test
    void aRenamedFieldOfAStructIsRefusedOnlyIfItIsRead() {
        StructType before =
                new StructType()
                        .add(mapped("a", LongType.LONG, "f1"))
                        .add(mapped("b", LongType.LONG, "f2"));
        StructType after =
                new StructType()
                        .add(mapped("a", LongType.LONG, "f1"))
                        .add(mapped("c", LongType.LONG, "f2"));
        SchemaRules readingA = rules(new StructType().add("s", struct("a")));
        SchemaRules readingB = rules(new StructType().add("s", struct("b")));

        assertThatCode(() -> readingA.check(nested(after), 4, nested(before)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> readingB.check(nested(after), 4, nested(before)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("column s.b was renamed to c");
    }

    @Test
    void aRenamedColumnIsRefusedWithItsNewName() {
        StructType before = schema(LongType.LONG);
        StructType schema =
                new StructType().add(mapped("key", LongType.LONG, "id")).add(before.get("tags"));

        assertThatThrownBy(() -> rules.check(metadata(ID, schema, true), 4, BEFORE))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("at version 4: column id was renamed to key. Correct the");
    }

    @Test
    void aColumnThatWasDroppedAndMadeAnewIsRefused() {
        StructType schema =
                new StructType()
                        .add(mapped("id", LongType.LONG, "col-1"))
                        .add(schema(LongType.LONG).get("tags"));

        assertThatThrownBy(() -> rules.check(metadata(ID, schema, true), 4, BEFORE))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("column id was replaced by another column of the same name");
    }

    @Test
    void aFeedThatIsSwitchedOffIsRefused() {
        assertThatThrownBy(() -> rules.check(metadata(ID, schema(LongType.LONG), false), 4, BEFORE))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("at version 4: the change feed is off")
                .hasMessageContaining("--rebuild");
    }

    @Test
    void anotherTableInThePlaceIsRefused() {
        assertThatThrownBy(() -> rules.check(metadata("x", schema(LongType.LONG), true), 4, BEFORE))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("another table was made in its place (id x, was table-id)");
    }

    private static SchemaRules rules(StructType columns) {
        return new SchemaRules(
                new ReadSpec(
                        "orders",
                        "/data/orders",
                        DeltaTypes.toRowType(columns),
                        List.of(),
                        new StartingPosition.Snapshot()));
    }

    private static StructType struct(String... fields) {
        StructType struct = new StructType();
        for (String field : fields) {
            struct = struct.add(field, LongType.LONG);
        }
        return struct;
    }

    private static TableMetadata nested(StructType type) {
        return metadata(ID, new StructType().add("s", type), true);
    }

    private static StructField mapped(String name, DataType type, String physical) {
        return new StructField(
                name,
                type,
                true,
                FieldMetadata.builder()
                        .putString("delta.columnMapping.physicalName", physical)
                        .build());
    }

    private static StructType schema(DataType idType) {
        return new StructType()
                .add("id", idType)
                .add("tags", new ArrayType(StringType.STRING, false));
    }

    private static TableMetadata metadata(String id, StructType schema, boolean feed) {
        return new TableMetadata(
                id,
                schema,
                List.of(),
                Map.of("delta.enableChangeDataFeed", Boolean.toString(feed)));
    }
}
