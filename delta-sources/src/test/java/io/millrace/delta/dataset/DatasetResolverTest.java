package io.millrace.delta.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableDefinition;
import io.millrace.delta.table.TableMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetResolverTest {

    @TempDir private Path folder;

    private String location;

    @BeforeEach
    void aTableWithAKey() throws Exception {
        location = makeTable(folder);
    }

    /** An empty table (id, name) with the key id; where it lies. */
    static String makeTable(Path folder) throws Exception {
        String location = folder.resolve("orders").toString();
        DeltaTable.at(location)
                .create(
                        new TableDefinition(
                                new StructType()
                                        .add("id", LongType.LONG)
                                        .add("name", StringType.STRING),
                                List.of(),
                                Map.of(TableMetadata.KEY_PROPERTY, "id")),
                        CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
        return location;
    }

    @Test
    void takesNameAndKeyFromTheTable() {
        Dataset dataset = DatasetResolver.resolve(Request.of(location + "/"));

        assertThat(dataset.identity()).isEqualTo("orders");
        assertThat(dataset.key()).containsExactly("id");
        assertThat(dataset.version()).isZero();
        assertThat(dataset.rowType().asSummaryString())
                .isEqualTo("ROW<`id` BIGINT NOT NULL, `name` STRING> NOT NULL");
    }

    @Test
    void whatTheUserSaysWins() {
        Dataset dataset =
                DatasetResolver.resolve(
                        Request.of(location).named("copy").withKey(List.of("name")).at(0));

        assertThat(dataset.identity()).isEqualTo("copy");
        assertThat(dataset.key()).containsExactly("name");
    }

    @Test
    void refusesAKeyThatTheTableHasNot() {
        assertThatThrownBy(
                        () ->
                                DatasetResolver.resolve(
                                        Request.of(location).withKey(List.of("nope"))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("cannot use key [nope] at version 0")
                .hasMessageContaining("[id, name]");
    }

    @Test
    void refusesAPlaceWithoutTable() {
        assertThatThrownBy(() -> DatasetResolver.resolve(Request.of(location + "-not")))
                .isInstanceOf(RefusedException.class);
    }
}
