package io.millrace.delta.source.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.parquet.ByteRange;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.source.Delivery;
import io.millrace.delta.source.changes.FileChange;
import io.millrace.delta.table.DeletionVector;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SerializersTest {

    private static final DeletionVector IN_FILE =
            new DeletionVector("u", "ab^-aqEH.-t@S}K{vb[*k^", OptionalInt.of(4), 40, 6);
    private static final DeletionVector INLINE =
            new DeletionVector(
                    "i",
                    "wi5b=000010000siXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L".repeat(2000),
                    OptionalInt.empty(),
                    40,
                    6);

    private final DeltaSplitSerializer splits = new DeltaSplitSerializer();
    private final EnumeratorStateSerializer states = new EnumeratorStateSerializer();

    static List<FileChange> changes() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("country", "Österreich");
        values.put("day", null);
        FileToRead file = new FileToRead("country=x/f.parquet", 12345, values);
        FileToRead unknown = new FileToRead("f", FileToRead.UNKNOWN_SIZE, Map.of());
        return List.of(
                new FileChange.ChangeRows(file),
                new FileChange.AddedRows(file, Optional.empty()),
                new FileChange.AddedRows(file, Optional.of(INLINE)),
                new FileChange.RemovedRows(unknown, Optional.of(IN_FILE)),
                new FileChange.NewlyDeletedRows(file, IN_FILE, Optional.of(INLINE)),
                new FileChange.NewlyDeletedRows(file, IN_FILE, Optional.empty()),
                new FileChange.RestoredRows(file, IN_FILE, Optional.empty()),
                new FileChange.SnapshotRows(file, Optional.of(IN_FILE)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void splitsComeBack(FileChange change) throws IOException {
        DeltaSplit split =
                new DeltaSplit(
                        17,
                        3,
                        1_700_000_000_123L,
                        12,
                        change,
                        new ByteRange(64, 128),
                        4096,
                        Delivery.STREAMED);

        assertThat(splits.deserialize(splits.getVersion(), splits.serialize(split)))
                .isEqualTo(split);
    }

    @Test
    void enumeratorStatesComeBack() throws IOException {
        List<DeltaSplit> pending =
                changes().stream().map(c -> new DeltaSplit(5, 0, 1, 2, c, 0)).toList();
        EnumeratorState state =
                new EnumeratorState(
                        Optional.of(new FeedProgress("id", 6, 1, 2)),
                        Optional.of(new SnapshotRest("country=Ö/f.parquet", 1L << 40, 99_999)),
                        pending);
        EnumeratorState empty = new EnumeratorState(Optional.empty(), List.of());

        assertThat(states.deserialize(states.getVersion(), states.serialize(state)))
                .isEqualTo(state);
        assertThat(states.deserialize(states.getVersion(), states.serialize(empty)))
                .isEqualTo(empty);
    }

    @Test
    void refusesFormatsOfTheFuture() {
        assertThatThrownBy(() -> splits.deserialize(99, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 99");
        assertThatThrownBy(() -> states.deserialize(99, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 99");
    }
}
