package io.millrace.delta.source.changes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
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

    private final SchemaRules rules =
            new SchemaRules(
                    new ReadSpec(
                            "orders",
                            "/data/orders",
                            DeltaTypes.toRowType(
                                    new StructType()
                                            .add("id", LongType.LONG, false)
                                            .add("tags", new ArrayType(StringType.STRING, false))),
                            List.of("id"),
                            new StartingPosition.Snapshot()));

    @Test
    void columnsThatNobodyReadsMayComeAndGo() {
        StructType schema =
                schema(LongType.LONG).add("other", StringType.STRING).add("x", LongType.LONG);

        assertThatCode(() -> rules.check(metadata(ID, schema, true), 4, ID))
                .doesNotThrowAnyException();
    }

    @Test
    void nullabilityMayChangeAtAnyDepth() {
        StructType schema =
                new StructType()
                        .add("id", LongType.LONG, true)
                        .add("tags", new ArrayType(StringType.STRING, true));

        assertThatCode(() -> rules.check(metadata(ID, schema, true), 4, ID))
                .doesNotThrowAnyException();
    }

    @Test
    void aColumnThatGoesIsRefused() {
        StructType schema = new StructType().add("id", LongType.LONG);

        assertThatThrownBy(() -> rules.check(metadata(ID, schema, true), 4, ID))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(
                        "/data/orders: cannot read the change feed of orders at version 4:"
                                + " column tags is not in the table.");
    }

    @Test
    void aColumnOfAnotherTypeIsRefused() {
        assertThatThrownBy(
                        () -> rules.check(metadata(ID, schema(IntegerType.INTEGER), true), 4, ID))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("column id is of type integer, the plan has long");
    }

    @Test
    void aFeedThatIsSwitchedOffIsRefused() {
        assertThatThrownBy(() -> rules.check(metadata(ID, schema(LongType.LONG), false), 4, ID))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("at version 4: the change feed is off")
                .hasMessageContaining("--rebuild");
    }

    @Test
    void anotherTableInThePlaceIsRefused() {
        assertThatThrownBy(() -> rules.check(metadata("x", schema(LongType.LONG), true), 4, ID))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("another table was made in its place (id x, was table-id)");
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
