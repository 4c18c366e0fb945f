package io.millrace.delta.source.metadata;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.table.StorageOptions;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/** Reads a metadata table: all of it is one split, read by one task. */
@Internal
public final class MetadataSource implements Source<RowData, MetadataSplit, MetadataSplit> {

    private static final long serialVersionUID = 1L;

    private final MetadataTable metadataTable;
    private final String location;
    private final StorageOptions storage;
    private final long version;
    private final String consumers;
    private final List<String> columns;

    /**
     * @param version whose files are listed, or up to which the history goes
     * @param consumers the folder where consumers record their positions; may be empty
     * @param columns of the produced rows
     */
    public MetadataSource(
            MetadataTable metadataTable,
            String location,
            StorageOptions storage,
            long version,
            String consumers,
            List<String> columns) {
        this.metadataTable = requireNonNull(metadataTable, "metadataTable is null");
        this.location = requireNonNull(location, "location is null");
        this.storage = requireNonNull(storage, "storage is null");
        this.version = version;
        this.consumers = requireNonNull(consumers, "consumers is null");
        this.columns = List.copyOf(columns);
    }

    private CloseableIterator<RowData> rows() {
        return metadataTable.rows(
                DatasetResolver.table(location, storage), version, consumers, columns);
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<RowData, MetadataSplit> createReader(SourceReaderContext context) {
        return new MetadataReader(context, this::rows);
    }

    @Override
    public SplitEnumerator<MetadataSplit, MetadataSplit> createEnumerator(
            SplitEnumeratorContext<MetadataSplit> context) {
        return new MetadataEnumerator(context, new MetadataSplit(0));
    }

    @Override
    public SplitEnumerator<MetadataSplit, MetadataSplit> restoreEnumerator(
            SplitEnumeratorContext<MetadataSplit> context, MetadataSplit state) {
        return new MetadataEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<MetadataSplit> getSplitSerializer() {
        return new MetadataSplit.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<MetadataSplit> getEnumeratorCheckpointSerializer() {
        return new MetadataSplit.Serializer();
    }
}
