package io.millrace.delta.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.RowPositions;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SerializersTest {

    @Test
    void writeResultSurvivesItsState() throws IOException {
        WriteResultSerializer serializer = new WriteResultSerializer();
        WriteResult result = result();

        WriteResult read =
                serializer.deserialize(serializer.getVersion(), serializer.serialize(result));

        assertThat(read).usingRecursiveComparison().isEqualTo(result);
    }

    @Test
    void writeResultSurvivesTheNetwork() throws IOException {
        TypeSerializer<WriteResult> serializer =
                new WriteResultTypeInfo().createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(result(), out);
        DataOutputSerializer copied = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);

        WriteResult read =
                serializer.deserialize(new DataInputDeserializer(copied.getCopyOfBuffer()));

        assertThat(read).usingRecursiveComparison().isEqualTo(result());
        assertThat(serializer.snapshotConfiguration().restoreSerializer()).isEqualTo(serializer);
    }

    @Test
    void committableSurvivesItsState() throws IOException {
        CommittableSerializer serializer = new CommittableSerializer();
        WriteResult result = result();
        Committable committable =
                new Committable(
                        12,
                        "5f1c",
                        77,
                        3,
                        true,
                        false,
                        result.files(),
                        result.changeFiles(),
                        result.deletions(),
                        result.counts(),
                        Map.of("orders", 5L, "customers", 0L));

        Committable read =
                serializer.deserialize(serializer.getVersion(), serializer.serialize(committable));

        assertThat(read).usingRecursiveComparison().isEqualTo(committable);
    }

    @Test
    void layoutOfALaterVersionIsRefused() {
        assertThatThrownBy(() -> new CommittableSerializer().deserialize(99, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("layout 99")
                .hasMessageContaining("--rebuild");
    }

    private static WriteResult result() {
        Map<String, String> partition = new HashMap<>();
        partition.put("region", "EU");
        partition.put("day", null);
        DataFile plain =
                new DataFile(
                        "region=EU/a.parquet",
                        partition,
                        1234,
                        1_700_000_000_000L,
                        true,
                        Optional.empty(),
                        Optional.of("{\"numRecords\":3,\"long\":\"" + "x".repeat(70_000) + "\"}"),
                        Map.of());
        DataFile withVector =
                new DataFile(
                        "b.parquet",
                        Map.of(),
                        99,
                        1,
                        false,
                        Optional.of(
                                new DeletionVector("u", "ab^-aqEH.-t@", OptionalInt.of(1), 36, 2)),
                        Optional.empty(),
                        Map.of("tag", "value"));
        return new WriteResult(
                77,
                1,
                3,
                List.of(new StagedFile(plain, 3), new StagedFile(withVector, 9)),
                List.of(new ChangeFile("_change_data/c.parquet", partition, 55)),
                Map.of("old.parquet", RowPositions.of(1, 5, 1L << 33).toBytes()),
                new ChangeCounts(1, 2, 3));
    }
}
