package io.millrace.arrow;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.RefusedException;
import io.millrace.session.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

/**
 * An Arrow IPC stream as a table that statements read, one batch in memory at a time. What does not
 * come from a file is put into a temporary one first, so that each statement reads it from its
 * beginning; closing deletes that file.
 */
public final class ArrowInput implements AutoCloseable {
    /** What each message of a stream begins with. */
    private static final byte[] CONTINUATION = {-1, -1, -1, -1};

    private final Path file;
    private final boolean temporary;
    private final RowType type;

    private ArrowInput(Path file, boolean temporary) throws IOException {
        this.file = requireNonNull(file, "file is null").toAbsolutePath();
        this.temporary = temporary;
        this.type = type(file);
    }

    /**
     * @throws RefusedException if it is no Arrow stream, or has a column that cannot be taken
     */
    public static ArrowInput of(Path file) throws IOException {
        return new ArrowInput(file, false);
    }

    /**
     * @throws RefusedException if it is no Arrow stream, or has a column that cannot be taken
     */
    public static ArrowInput of(InputStream stream) throws IOException {
        Path file = Files.createTempFile("millrace-input-", ".arrows");
        try {
            Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING);
            return new ArrowInput(file, true);
        } catch (IOException | RuntimeException e) {
            Files.delete(file);
            throw e;
        }
    }

    private static RowType type(Path file) throws IOException {
        if (!beginsAsStream(file)) {
            throw noStream(null);
        }
        try (InputStream in = Files.newInputStream(file);
                BufferAllocator allocator = new RootAllocator();
                ArrowRowReader rows = new ArrowRowReader(new ArrowStreamReader(in, allocator))) {
            return rows.type();
        } catch (RefusedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw noStream(e);
        }
    }

    /** Anything else would be taken for the length of a message. */
    private static boolean beginsAsStream(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(CONTINUATION.length), CONTINUATION);
        }
    }

    private static RefusedException noStream(Exception cause) {
        return new RefusedException(
                "input: cannot be read: it is no Arrow IPC stream. Write it with a stream writer, not as an Arrow file.",
                cause);
    }

    /** The columns. */
    public RowType type() {
        return type;
    }

    /** Makes it a temporary table of a session on an embedded cluster. */
    public void register(Session session, String name) {
        FileSource<RowData> source =
                FileSource.forRecordStreamFormat(
                                new ArrowStreamFormat(type),
                                new org.apache.flink.core.fs.Path(file.toUri()))
                        .build();
        DataStream<RowData> rows =
                session.execution()
                        .fromSource(
                                source,
                                WatermarkStrategy.noWatermarks(),
                                name,
                                InternalTypeInfo.of(type))
                        .setParallelism(1);
        session.tables().createTemporaryView(name, session.tables().fromDataStream(rows));
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            Files.deleteIfExists(file);
        }
    }
}
