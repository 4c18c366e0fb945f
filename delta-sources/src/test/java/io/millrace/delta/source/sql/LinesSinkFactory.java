package io.millrace.delta.source.sql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.RuntimeConverter;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/** A sink that writes the rows a bounded changelog amounts to into a file, as text. */
public final class LinesSinkFactory implements DynamicTableSinkFactory {

    private static final ConfigOption<String> FILE =
            ConfigOptions.key("file").stringType().noDefaultValue();

    @Override
    public String factoryIdentifier() {
        return "lines";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(FILE);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        return new LinesSink(
                context.getPhysicalRowDataType(),
                context.getCatalogTable().getOptions().get(FILE.key()));
    }

    private record LinesSink(DataType type, String file) implements DynamicTableSink {

        @Override
        public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
            return requestedMode;
        }

        @Override
        public SinkRuntimeProvider getSinkRuntimeProvider(DynamicTableSink.Context context) {
            DataStructureConverter converter = context.createDataStructureConverter(type);
            return new DataStreamSinkProvider() {
                @Override
                public DataStreamSink<?> consumeDataStream(
                        ProviderContext provider, DataStream<RowData> rows) {
                    return rows.transform("lines", rows.getType(), new Writer(converter, file))
                            .setParallelism(1)
                            .sinkTo(new DiscardingSink<>());
                }
            };
        }

        @Override
        public DynamicTableSink copy() {
            return this;
        }

        @Override
        public String asSummaryString() {
            return file;
        }
    }

    private static final class Writer extends AbstractStreamOperator<RowData>
            implements OneInputStreamOperator<RowData, RowData> {

        private static final long serialVersionUID = 1L;

        private final DynamicTableSink.DataStructureConverter converter;
        private final String file;
        private transient TreeMap<String, Integer> rows;

        Writer(DynamicTableSink.DataStructureConverter converter, String file) {
            this.converter = converter;
            this.file = file;
        }

        @Override
        public void open() throws Exception {
            super.open();
            rows = new TreeMap<>();
            converter.open(RuntimeConverter.Context.create(getUserCodeClassloader()));
        }

        @Override
        public void processElement(StreamRecord<RowData> element) {
            Row row = (Row) converter.toExternal(element.getValue());
            boolean adds = row.getKind() == RowKind.INSERT || row.getKind() == RowKind.UPDATE_AFTER;
            row.setKind(RowKind.INSERT);
            rows.merge(
                    row.toString(),
                    adds ? 1 : -1,
                    (one, other) -> one + other == 0 ? null : Integer.valueOf(one + other));
        }

        @Override
        public void finish() throws Exception {
            Files.writeString(Path.of(file), CheckpointRecorder.text(rows));
        }
    }
}
