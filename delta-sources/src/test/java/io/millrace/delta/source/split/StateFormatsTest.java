package io.millrace.delta.source.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.parquet.ByteRange;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.source.changes.FileChange;
import io.millrace.delta.table.DeletionVector;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What earlier formats wrote is in the savepoints of users; the files are never made again. */
class StateFormatsTest {

    private final DeltaSplitSerializer splits = new DeltaSplitSerializer();
    private final EnumeratorStateSerializer states = new EnumeratorStateSerializer();

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void splitsOfEarlierFormatsAreRead(int format) throws IOException {
        for (DeltaSplit expected : splitsOf(format)) {
            String file = "split-" + expected.ordinal() + ".bin";
            assertThat(splits.deserialize(format, stored(format, file))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theEnumeratorRestoresFromEarlierFormats(int format) throws IOException {
        assertThat(states.deserialize(format, stored(format, "enumerator.bin")))
                .isEqualTo(
                        new EnumeratorState(
                                Optional.of(new FeedProgress("b3e2", 11, 5, 4)), splitsOf(format)));
        assertThat(states.deserialize(format, stored(format, "enumerator-unstarted.bin")))
                .isEqualTo(new EnumeratorState(Optional.empty(), List.of()));
    }

    private static byte[] stored(int format, String name) throws IOException {
        String path = "/state-format-" + format + "/" + name;
        try (InputStream in = StateFormatsTest.class.getResourceAsStream(path)) {
            assertThat(in).as(path).isNotNull();
            return in.readAllBytes();
        }
    }

    /** In format 1 splits were whole files. */
    private static List<DeltaSplit> splitsOf(int format) {
        ByteRange range = format == 1 ? ByteRange.ALL : new ByteRange(64, 128);
        DeletionVector inFile =
                new DeletionVector("u", "ab^-aqEH.-t@S}K{vb[*k^", OptionalInt.of(4), 40, 6);
        DeletionVector inline =
                new DeletionVector(
                        "i",
                        "wi5b=000010000siXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L",
                        OptionalInt.empty(),
                        40,
                        6);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("country", "Österreich");
        values.put("day", null);
        FileToRead file = new FileToRead("country=x/f.parquet", 12345, values);
        FileToRead unknown = new FileToRead("f", FileToRead.UNKNOWN_SIZE, Map.of());
        return List.of(
                split(0, new FileChange.ChangeRows(file), range),
                split(1, new FileChange.AddedRows(file, Optional.of(inline)), range),
                split(2, new FileChange.RemovedRows(unknown, Optional.of(inFile)), range),
                split(3, new FileChange.NewlyDeletedRows(file, inFile, Optional.of(inline)), range),
                split(4, new FileChange.RestoredRows(file, inFile, Optional.empty()), range),
                split(5, new FileChange.SnapshotRows(file, Optional.of(inFile)), range));
    }

    private static DeltaSplit split(int ordinal, FileChange change, ByteRange range) {
        return new DeltaSplit(
                5 + ordinal, ordinal, 1_700_000_000_123L, 4, change, range, ordinal * 1000L);
    }
}
