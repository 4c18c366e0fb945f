package io.millrace.delta.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolGateTest {

    @TempDir private Path folder;

    private DeltaTable table;

    @BeforeEach
    void aTable() throws CommitConflictException {
        table = DeltaTable.at(folder.toString());
        table.create(
                new TableDefinition(new StructType().add("id", LongType.LONG), List.of(), Map.of()),
                CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeTravelToTheFuture", "variantShredding", "geospatial"})
    void aFeatureThatIsNotImplementedIsRefusedByName(String feature) throws IOException {
        protocol(1, 3, feature);

        assertThatThrownBy(() -> table.snapshot())
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(
                        folder
                                + ": cannot open: its protocol asks for the reader feature "
                                + feature
                                + ", which Millrace does not have. ")
                .hasMessageContaining("DROP FEATURE");
    }

    @Test
    void aCommitThatBringsSuchAFeatureIsRefusedWhenItIsRead() throws IOException {
        protocol(1, 3, "timeTravelToTheFuture");

        try (CloseableIterator<VersionActions> commits = table.log().read(0)) {
            assertThat(commits.next().version()).isZero();
            assertThatThrownBy(commits::next)
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("cannot read the commit of version 1: ")
                    .hasMessageContaining("reader feature timeTravelToTheFuture");
        }
        assertThat(table.snapshot(0).version()).isZero();
    }

    @Test
    void aNewerReaderVersionIsRefused() throws IOException {
        protocol(1, 99, "deletionVectors");

        assertThatThrownBy(() -> table.snapshot())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(
                        "asks for reader version 99, Millrace knows versions up to 3");
    }

    @Test
    void whatIsImplementedAndWhatOnlyWritersNeedIsRead() throws IOException {
        protocol(1, 3, String.join("\",\"", ProtocolGate.READER_FEATURES));

        assertThat(table.snapshot().protocol().readerFeatures())
                .containsAll(ProtocolGate.READER_FEATURES);
    }

    private void protocol(long version, int readerVersion, String features) throws IOException {
        Files.writeString(
                folder.resolve("_delta_log/%020d.json".formatted(version)),
                """
                {"protocol":{"minReaderVersion":%d,"minWriterVersion":7,"readerFeatures":["%s"],"writerFeatures":["%s","checkConstraints","somethingNew"]}}
                """
                        .formatted(readerVersion, features, features));
    }
}
