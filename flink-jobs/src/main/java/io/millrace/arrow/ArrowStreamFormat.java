package io.millrace.arrow;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.reader.SimpleStreamFormat;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

/** An Arrow IPC stream in a file, for Flink's file source. */
final class ArrowStreamFormat extends SimpleStreamFormat<RowData> {
    private static final long serialVersionUID = 1L;

    private final RowType type;

    ArrowStreamFormat(RowType type) {
        this.type = requireNonNull(type, "type is null");
    }

    @Override
    public Reader<RowData> createReader(Configuration configuration, FSDataInputStream stream)
            throws IOException {
        return new RowsOfStream(stream);
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return InternalTypeInfo.of(type);
    }

    private static final class RowsOfStream implements StreamFormat.Reader<RowData> {
        private final BufferAllocator allocator = new RootAllocator();
        private final ArrowRowReader rows;

        RowsOfStream(FSDataInputStream stream) throws IOException {
            rows = new ArrowRowReader(new ArrowStreamReader(stream, allocator));
        }

        @Override
        public RowData read() throws IOException {
            return rows.hasNext() ? rows.next() : null;
        }

        @Override
        public void close() throws IOException {
            rows.close();
            allocator.close();
        }
    }
}
