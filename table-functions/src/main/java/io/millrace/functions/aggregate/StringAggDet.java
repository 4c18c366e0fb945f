package io.millrace.functions.aggregate;

import io.millrace.functions.FunctionDoc;
import io.millrace.functions.FunctionKind;
import io.millrace.functions.Results;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;

/** {@code string_agg_det}. */
@FunctionDoc(
        name = "string_agg_det",
        kind = FunctionKind.AGGREGATE,
        arguments = {
            @FunctionDoc.Argument(name = "s", type = "STRING"),
            @FunctionDoc.Argument(name = "sep", type = "STRING")
        },
        returns = "STRING",
        doc =
                "The distinct texts, sorted by their UTF-8 bytes and joined with "
                        + "the separator (the smallest one, should rows differ).",
        nulls = "Null if there is no text; nulls do not count; a null separator is none.",
        tags = {"aggregate", "deterministic", "incremental"},
        examples = {
            "SELECT string_agg_det(v, '-') FROM (VALUES ('b', 2), ('a', 1), "
                    + "('c', 2)) AS t(v, k) => a-b-c"
        })
public final class StringAggDet extends AggregateFunction<StringData, SetState> {

    private static final StringData NONE = StringData.fromString("");
    private static final LogicalType TEXT = VarCharType.STRING_TYPE;

    private final Multiset entries = new Multiset(TEXT, TEXT);

    @Override
    public SetState createAccumulator() {
        return new SetState();
    }

    public void accumulate(SetState state, StringData text, StringData separator) throws Exception {
        add(state, text, separator, 1);
    }

    public void retract(SetState state, StringData text, StringData separator) throws Exception {
        add(state, text, separator, -1);
    }

    private void add(SetState state, StringData text, StringData separator, long change)
            throws Exception {
        if (text != null) {
            Multiset.add(
                    state.counts,
                    entries.entry(text, separator == null ? NONE : separator),
                    change);
        }
    }

    public void merge(SetState state, Iterable<SetState> others) throws Exception {
        for (SetState other : others) {
            entries.addAll(state.counts, other.counts);
        }
    }

    @Override
    public StringData getValue(SetState state) {
        Set<byte[]> texts = new TreeSet<>(Arrays::compareUnsigned);
        byte[] separator = null;
        for (RowData entry : Multiset.present(state.counts)) {
            texts.add(entry.getString(0).toBytes());
            byte[] other = entry.getString(1).toBytes();
            if (separator == null || Arrays.compareUnsigned(other, separator) < 0) {
                separator = other;
            }
        }
        return separator == null ? null : join(texts, separator);
    }

    private static StringData join(Set<byte[]> texts, byte[] separator) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        boolean first = true;
        for (byte[] text : texts) {
            if (!first) {
                joined.writeBytes(separator);
            }
            joined.writeBytes(text);
            first = false;
        }
        return StringData.fromBytes(joined.toByteArray());
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return Results.aggregate(
                this,
                call ->
                        Optional.of(
                                DataTypes.STRUCTURED(
                                        SetState.class,
                                        DataTypes.FIELD("counts", Multiset.viewType(TEXT, TEXT)))),
                Results.always(DataTypes.STRING()));
    }
}
