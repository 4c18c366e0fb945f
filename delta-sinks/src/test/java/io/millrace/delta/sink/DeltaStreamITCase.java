package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.commit.Replaced;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.types.DeltaTypes;
import io.millrace.delta.write.WriteSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink behind data streams, without SQL. */
class DeltaStreamITCase {

    private static final RowType ROW_TYPE =
            DeltaTypes.toRowType(
                    new StructType()
                            .add("id", LongType.LONG, false)
                            .add("name", StringType.STRING));
    private static final TypeInformation<Row> ROW =
            Types.ROW_NAMED(new String[] {"id", "name"}, Types.LONG, Types.STRING);

    @TempDir Path folder;

    @Test
    void valuesOfAUsersTypeAreUpsertedAndDeletedByKey() throws Exception {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.STREAMING);
        DeltaSink.to(spec(List.of("id")))
                .build()
                .append(
                        env.fromData(
                                ROW,
                                Row.ofKind(RowKind.INSERT, 1L, "a"),
                                Row.ofKind(RowKind.INSERT, 2L, "b"),
                                Row.ofKind(RowKind.UPDATE_BEFORE, 1L, "a"),
                                Row.ofKind(RowKind.UPDATE_AFTER, 1L, "A"),
                                Row.ofKind(RowKind.DELETE, 2L, "b")),
                        DeltaStreamITCase::toRowData);
        env.execute();

        assertThat(names()).containsExactly("A");
    }

    @Test
    void withoutPreImagesTheLastChangeOfAKeyCounts() throws Exception {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.STREAMING);
        DeltaSink.to(spec(List.of("id")))
                .retracts(false)
                .build()
                .append(
                        env.fromData(
                                        ROW,
                                        Row.ofKind(RowKind.INSERT, 1L, "a"),
                                        Row.ofKind(RowKind.INSERT, 1L, "b"),
                                        Row.ofKind(RowKind.INSERT, 2L, "c"),
                                        Row.ofKind(RowKind.DELETE, 2L, null))
                                .setParallelism(1),
                        DeltaStreamITCase::toRowData);
        env.execute();

        assertThat(names()).containsExactly("b");
    }

    @Test
    void batchJobsAppendAndOverwriteInOneCommitEach() throws Exception {
        for (String name : List.of("a", "b")) {
            StreamExecutionEnvironment env = environment(RuntimeExecutionMode.BATCH);
            DeltaSink.to(spec(List.of()))
                    .build()
                    .append(env.fromData(ROW, Row.of(1L, name)), DeltaStreamITCase::toRowData);
            env.execute();
        }
        assertThat(names()).containsExactlyInAnyOrder("a", "b");

        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.BATCH);
        DeltaSink.to(spec(List.of()))
                .overwrite(Replaced.ALL)
                .build()
                .append(env.fromData(ROW, Row.of(1L, "b")), DeltaStreamITCase::toRowData);
        env.execute();
        assertThat(names()).containsExactly("b");
        assertThat(table().snapshot().version()).isEqualTo(3);
    }

    /** As a JobManager that comes up in the place of another does: the program runs anew. */
    @Test
    void aBatchProgramThatRunsAgainAsTheSameJobDoesNotWriteAgain() throws Exception {
        StreamExecutionEnvironment first = sameJob();
        append(first);
        first.execute();
        StreamExecutionEnvironment again = sameJob();
        append(again);

        assertThatThrownBy(again::execute)
                .hasStackTraceContaining(
                        "this sink has committed before, and a statement commits once");
        assertThat(names()).containsExactly("a");
    }

    private static StreamExecutionEnvironment sameJob() {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.BATCH);
        env.configure(
                Configuration.fromMap(
                        Map.of(
                                PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID.key(),
                                new JobID(7, 9).toHexString())));
        return env;
    }

    private void append(StreamExecutionEnvironment env) {
        DeltaSink.to(spec(List.of()))
                .build()
                .append(env.fromData(ROW, Row.of(1L, "a")), DeltaStreamITCase::toRowData);
    }

    @Test
    void overwriteIsRefusedWhereTheJobTakesCheckpoints() {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.STREAMING);
        DeltaSink sink = DeltaSink.to(spec(List.of())).overwrite(Replaced.ALL).build();

        assertThatThrownBy(
                        () ->
                                sink.append(
                                        env.fromData(ROW, Row.of(1L, "b")),
                                        DeltaStreamITCase::toRowData))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "target: cannot be overwritten by a job that takes checkpoints: it replaces rows once, at the end of its input. Run it in batch mode.");
    }

    private static RowData toRowData(Row row) {
        GenericRowData data =
                GenericRowData.of(row.getField(0), StringData.fromString((String) row.getField(1)));
        data.setRowKind(row.getKind());
        return data;
    }

    private WriteSpec spec(List<String> key) {
        return WriteSpec.of(folder.resolve("target").toString(), ROW_TYPE, key);
    }

    private DeltaTable table() {
        return spec(List.of()).table();
    }

    private List<String> names() throws Exception {
        List<String> names = new ArrayList<>();
        TableSnapshot snapshot = table().snapshot();
        try (CloseableIterator<DataFile> files = snapshot.files()) {
            while (files.hasNext()) {
                DataFile file = files.next();
                RowSelection live =
                        RowSelection.except(
                                file.deletionVector().map(v -> DeletionVectors.load(table(), v)));
                try (DeltaFileReader rows =
                        DeltaFileReader.open(
                                table(),
                                snapshot.metadata(),
                                FileToRead.of(file),
                                List.of("name"),
                                live)) {
                    rows.forEachRemaining(row -> names.add(row.row().getString(0).toString()));
                }
            }
        }
        return names;
    }

    private static StreamExecutionEnvironment environment(RuntimeExecutionMode mode) {
        Configuration configuration = new Configuration();
        configuration.set(ExecutionOptions.RUNTIME_MODE, mode);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        if (mode == RuntimeExecutionMode.STREAMING) {
            env.enableCheckpointing(50);
        }
        return env;
    }
}
