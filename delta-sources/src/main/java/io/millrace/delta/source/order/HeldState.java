package io.millrace.delta.source.order;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SequencedRows;
import io.millrace.delta.source.order.SpillFile.Segment;
import io.millrace.delta.table.RefusedException;
import java.io.BufferedInputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;

/**
 * The rows held by a sequencer, but for those that would be read again, as they stand in a
 * checkpoint: for each key group the format, the types of the columns, and parts, each with
 * version, phase, number of rows and rows. Written from memory and disk as it is, so that a
 * checkpoint needs no memory either.
 */
final class HeldState {

    private static final int FORMAT = 1;

    private static final int BUFFER = 1 << 16;

    private final ReadSpec spec;
    private final RowDataSerializer serializer;
    private final byte[] types;

    HeldState(ReadSpec spec, RowDataSerializer serializer) {
        this.spec = requireNonNull(spec, "spec is null");
        this.serializer = requireNonNull(serializer, "serializer is null");
        this.types =
                spec.sequencedType().getChildren().stream()
                        .map(type -> type.asSerializableString())
                        .collect(Collectors.joining(","))
                        .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param held by version
     */
    void write(Map<Long, HeldRows.Version> held, KeyedStateCheckpointOutputStream out)
            throws IOException {
        Map<Integer, List<Spilled>> onDisk = spilledByKeyGroup(held);
        DataOutputViewStreamWrapper data = new DataOutputViewStreamWrapper(out);
        for (int keyGroup : out.getKeyGroupList()) {
            out.startNewKeyGroup(keyGroup);
            data.writeInt(FORMAT);
            data.writeInt(types.length);
            data.write(types);
            for (Spilled part : onDisk.getOrDefault(keyGroup, List.of())) {
                writeHead(part.version(), part.segment().phase(), part.segment().rows(), data);
                part.file().copy(part.segment(), data);
            }
            for (Map.Entry<Long, HeldRows.Version> version : held.entrySet()) {
                for (int phase = 0; phase < HeldRows.PHASES; phase++) {
                    RowPages group = version.getValue().inMemory(phase, keyGroup);
                    if (!group.isEmpty()) {
                        writeHead(version.getKey(), phase, group.rows(), data);
                        group.writeTo((bytes, length) -> data.write(bytes, 0, length));
                    }
                }
            }
            writeHead(0, 0, 0, data);
        }
    }

    private static Map<Integer, List<Spilled>> spilledByKeyGroup(Map<Long, HeldRows.Version> held) {
        List<Spilled> all = new ArrayList<>();
        held.forEach(
                (version, rows) ->
                        rows.file()
                                .ifPresent(
                                        file ->
                                                file.segments()
                                                        .forEach(
                                                                s ->
                                                                        all.add(
                                                                                new Spilled(
                                                                                        version,
                                                                                        file,
                                                                                        s)))));
        return all.stream().collect(Collectors.groupingBy(part -> part.segment().keyGroup()));
    }

    private static void writeHead(long version, int phase, int rows, DataOutput out)
            throws IOException {
        out.writeInt(rows);
        if (rows > 0) {
            out.writeLong(version);
            out.writeByte(phase);
        }
    }

    void read(Iterable<KeyGroupStatePartitionStreamProvider> state, HeldRows held)
            throws IOException {
        for (KeyGroupStatePartitionStreamProvider group : state) {
            // The next group's stream seeks first, so that reading ahead does no harm.
            DataInputViewStreamWrapper in =
                    new DataInputViewStreamWrapper(
                            new BufferedInputStream(group.getStream(), BUFFER));
            checkHeader(in);
            for (int rows = in.readInt(); rows > 0; rows = in.readInt()) {
                long version = in.readLong();
                int phase = in.readByte();
                for (int i = 0; i < rows; i++) {
                    BinaryRowData row = (BinaryRowData) serializer.deserialize(in);
                    held.add(
                            group.getKeyGroupId(),
                            version,
                            phase,
                            SequencedRows.delivery(row),
                            row);
                }
            }
        }
    }

    private void checkHeader(DataInput in) throws IOException {
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException("rows held for ordering of format " + format);
        }
        byte[] found = new byte[in.readInt()];
        in.readFully(found);
        if (!Arrays.equals(found, types)) {
            throw otherColumns(null);
        }
    }

    /** The rows in the state are not those of the plan. */
    RefusedException otherColumns(Throwable cause) {
        return new RefusedException(
                "%s: cannot restore the rows held for ordering: they were read with other columns or types than %s. Start again with --rebuild."
                        .formatted(spec.dataset(), spec.sequencedType().asSummaryString()),
                cause);
    }

    private record Spilled(long version, SpillFile file, Segment segment) {}
}
