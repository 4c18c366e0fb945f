package io.millrace.catalog.information;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

/** Reads a table of information_schema: its rows are made when the statement is planned. */
public final class InformationSource implements ScanTableSource {

    private final String table;
    private final RowType rowType;
    private final InformationFacts facts;

    public InformationSource(String table, RowType rowType, InformationFacts facts) {
        this.table = requireNonNull(table, "table is null");
        this.rowType = requireNonNull(rowType, "rowType is null");
        this.facts = requireNonNull(facts, "facts is null");
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        return new Rows(
                table,
                rowType,
                InformationSchema.rows(table, facts).stream()
                        .map(InformationSource::internal)
                        .toList());
    }

    private static RowData internal(Object[] values) {
        return GenericRowData.of(
                Arrays.stream(values).map(InformationSource::internalValue).toArray());
    }

    private static Object internalValue(Object value) {
        if (value instanceof String text) {
            return StringData.fromString(text);
        } else if (value instanceof List<?> texts) {
            return new GenericArrayData(
                    texts.stream().map(text -> StringData.fromString((String) text)).toArray());
        }
        return value;
    }

    @Override
    public DynamicTableSource copy() {
        return new InformationSource(table, rowType, facts);
    }

    @Override
    public String asSummaryString() {
        return InformationSchema.DATABASE + "." + table;
    }

    private record Rows(String table, RowType rowType, List<RowData> rows)
            implements DataStreamScanProvider {

        @Override
        public boolean isBounded() {
            return true;
        }

        @Override
        public DataStream<RowData> produceDataStream(
                ProviderContext context, StreamExecutionEnvironment environment) {
            boolean none = rows.isEmpty();
            List<RowData> given = new ArrayList<>(rows);
            if (none) {
                // Flink makes no stream of nothing.
                given.add(new GenericRowData(rowType.getFieldCount()));
            }
            DataStreamSource<RowData> source =
                    environment.fromData(given, InternalTypeInfo.of(rowType.copy(true)));
            source.setParallelism(1).name(InformationSchema.DATABASE + "." + table);
            context.generateUid("rows").ifPresent(source::uid);
            if (!none) {
                return source;
            }
            var nothing = source.filter(row -> false).setParallelism(1);
            context.generateUid("none").ifPresent(nothing::uid);
            return nothing;
        }
    }
}
