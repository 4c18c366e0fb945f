package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.CommitFacts;
import io.millrace.delta.commit.CommitKind;
import io.millrace.delta.commit.Replaced;
import io.millrace.delta.commit.Statement;
import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.commit.WriteResultTypeInfo;
import io.millrace.delta.write.WriteSpec;
import io.millrace.delta.write.WriterMemory;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.transformations.PhysicalTransformation;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;

/**
 * Writes a changelog of rows into a Delta table: one commit for each checkpoint, which is the
 * result of exactly one version of each Delta table that the rows were computed from.
 *
 * <p>With key columns rows are put in the place of those with the same key; without, they are
 * appended. Two operators: writers, keyed by the primary key, and one that commits.
 */
@PublicEvolving
public final class DeltaSink {

    private final WriterSettings writer;
    private final CommitSettings commit;

    private DeltaSink(WriterSettings writer, CommitSettings commit) {
        this.writer = writer;
        this.commit = commit;
    }

    /** A sink for the table that {@code spec} describes; its dataset is the end of its location. */
    public static Builder to(WriteSpec spec) {
        return new Builder(spec);
    }

    /** Uid of the operator that writes to a dataset. */
    public static String writeUid(String dataset) {
        return "write-" + dataset;
    }

    /** Uid of the operator that commits to a dataset, which answers {@link SinkProgressRequest}. */
    public static String commitUid(String dataset) {
        return "commit-" + dataset;
    }

    /**
     * Puts the sink behind values that become rows of the spec's row type. They are converted where
     * they come from, so that changes of a key stay in their order.
     */
    public <T> DataStreamSink<?> append(DataStream<T> values, RowConverter<T> converter) {
        SingleOutputStreamOperator<RowData> rows =
                values.map(converter::convert)
                        .name("Convert: " + commit.dataset())
                        .uid("convert-" + commit.dataset())
                        .returns(InternalTypeInfo.of(writer.spec().rowType()));
        if (values.getParallelism() > 0) {
            rows.setParallelism(values.getParallelism());
        }
        return append(rows);
    }

    /**
     * Puts the sink behind {@code rows}, which are of the spec's row type, in Flink's internal data
     * structures.
     *
     * @throws IllegalArgumentException if rows that come once are to be written by a streaming job
     */
    public DataStreamSink<?> append(DataStream<RowData> rows) {
        SinkInput input = new SinkInput(rows);
        boolean checkpoints = input.takesCheckpoints();
        if (writer.statement().kind().deletes() && checkpoints) {
            throw new IllegalArgumentException(
                    "%s: cannot be overwritten by a job that takes checkpoints: it replaces rows once, at the end of its input. Run it in batch mode."
                            .formatted(commit.dataset()));
        }
        SingleOutputStreamOperator<WriteResult> written =
                write(
                        rows,
                        writer.committingOnCheckpoints(checkpoints)
                                .withOneRowAKey(writer.oneRowAKey() && input.hasWholeVersions()));
        SingleOutputStreamOperator<Long> committed =
                written.connect(input.progress(written))
                        .transform(
                                "Commit: " + commit.dataset(),
                                Types.LONG,
                                new CommitOperatorFactory(
                                        commit.committingOnCheckpoints(checkpoints),
                                        input.sources()))
                        .uid(commitUid(commit.dataset()));
        committed.forceNonParallel();
        // Another attempt beside it would find its commit, but there is no use in it.
        ((PhysicalTransformation<Long>) committed.getTransformation())
                .setSupportsConcurrentExecutionAttempts(false);
        return new Committing((PhysicalTransformation<Long>) committed.getTransformation());
    }

    private SingleOutputStreamOperator<WriteResult> write(
            DataStream<RowData> rows, WriterSettings settings) {
        boolean keyed = !writer.spec().keyColumns().isEmpty() && !writer.positioned();
        DataStream<RowData> input = keyed ? KeyedRows.of(rows, writer.spec()) : rows;
        SingleOutputStreamOperator<WriteResult> written =
                input.transform(
                                "Write: " + commit.dataset(),
                                new WriteResultTypeInfo(),
                                new WriteOperatorFactory(settings))
                        .uid(writeUid(commit.dataset()));
        int parallelism =
                rows.getParallelism() > 0
                        ? rows.getParallelism()
                        : rows.getExecutionEnvironment().getParallelism();
        if (keyed && parallelism > 0) {
            // Decided now, for a batch job would spread key groups by their size later.
            written.setParallelism(parallelism);
        }
        return written;
    }

    /** The end of the topology is an operator of our own, not one of Flink's sinks. */
    private static final class Committing extends DataStreamSink<Long> {
        Committing(PhysicalTransformation<Long> transformation) {
            super(transformation);
        }
    }

    /** Collects what a sink needs. */
    public static final class Builder {

        private final WriteSpec spec;
        private final Map<String, String> parameters = new TreeMap<>();
        private String dataset;
        private String sinkId;
        private IdOrigin idOrigin = IdOrigin.JOB;
        private String stateFolder = "";
        private boolean retracts = true;
        private boolean oneRowAKey;
        private boolean rebuild;
        private CommitKind kind = new CommitKind.Changes();
        private long readVersion = -1;
        private boolean fences;
        private WriterMemory memory = WriterMemory.DEFAULT;

        private Builder(WriteSpec spec) {
            this.spec = requireNonNull(spec, "spec is null");
            this.dataset = spec.location().substring(spec.location().lastIndexOf('/') + 1);
        }

        /** A builder that goes its own way from here. */
        public Builder copy() {
            Builder copy = new Builder(spec);
            copy.parameters.putAll(parameters);
            copy.dataset = dataset;
            copy.sinkId = sinkId;
            copy.idOrigin = idOrigin;
            copy.stateFolder = stateFolder;
            copy.retracts = retracts;
            copy.oneRowAKey = oneRowAKey;
            copy.rebuild = rebuild;
            copy.kind = kind;
            copy.readVersion = readVersion;
            copy.fences = fences;
            copy.memory = memory;
            return copy;
        }

        /** Identity of the target in names, uids and messages. */
        public Builder dataset(String name) {
            this.dataset = requireNonNull(name, "name is null");
            return this;
        }

        /**
         * Id of the transactions: state of another id is refused. Where none is given, a job that
         * is restored goes on under the id in its state, and another one takes the id of Flink's
         * job and the dataset.
         */
        public Builder sinkId(String id) {
            return sinkId(id, IdOrigin.GIVEN);
        }

        /** Id of the transactions, and what becomes of it where the state has another. */
        @Internal
        public Builder sinkId(String id, IdOrigin origin) {
            this.sinkId = requireNonNull(id, "id is null");
            this.idOrigin = requireNonNull(origin, "origin is null");
            return this;
        }

        /** Records an operation parameter with each commit. */
        public Builder parameter(String name, String value) {
            parameters.put(name, value);
            return this;
        }

        /**
         * Whether the rows that go come with the changelog, as pre-images and deletes; if not, the
         * last row of a key in arrival order counts. True by default.
         */
        public Builder retracts(boolean value) {
            this.retracts = value;
            return this;
        }

        /**
         * Whether the changelog leaves out no row that goes, as one would whose state expires. Then
         * a second row of a key is an error whatever checkpoints lie between, as far as all rows
         * are computed from Delta tables and we wrote the first one. False by default.
         */
        public Builder oneRowAKey(boolean value) {
            this.oneRowAKey = value;
            return this;
        }

        /** Whether a start without state compares the whole result with the table. */
        public Builder rebuild(boolean value) {
            this.rebuild = value;
            return this;
        }

        /**
         * Replaces the rows of a table, or of some of its partitions, by those of the job, in one
         * commit at the end of its input; for batch jobs. The change feed of that commit is the
         * difference of the two versions.
         */
        public Builder overwrite(Replaced replaced) {
            this.kind = new CommitKind.Overwrite(replaced);
            return this;
        }

        /**
         * Leaves some columns of rows whose keys are in the table as they are; new rows have null
         * there. For batch jobs that upsert.
         *
         * @param columns that the rows say nothing of
         */
        @Internal
        public Builder keeping(Set<String> columns) {
            this.kind = new CommitKind.SomeColumns(columns);
            return this;
        }

        /**
         * Takes the rows for rows of the table that a statement deletes or updates, with their
         * places behind them; for batch jobs.
         *
         * @param statement for messages
         * @param version of the table that the rows were read from
         */
        @Internal
        public Builder rowLevel(String statement, long version) {
            this.kind = new CommitKind.RowLevel(statement);
            this.readVersion = version;
            return this;
        }

        /**
         * Whether an older run of the same sink id may still be alive, as on a cluster: the first
         * commit of a run, which has no rows, then keeps it from committing. Runs are told apart by
         * the parameter {@code millrace.run}. False by default.
         */
        public Builder fences(boolean value) {
            this.fences = value;
            return this;
        }

        /** What each writer may keep in memory; the rest goes to its local disk. */
        public Builder memory(WriterMemory value) {
            this.memory = requireNonNull(value, "value is null");
            return this;
        }

        /** Where the job's checkpoints are, for messages. */
        public Builder stateFolder(String folder) {
            this.stateFolder = requireNonNull(folder, "folder is null");
            return this;
        }

        public DeltaSink build() {
            String id = idOrigin == IdOrigin.JOB ? dataset : sinkId;
            Statement statement = new Statement(kind, UUID.randomUUID().toString());
            boolean whole = rebuild || kind instanceof CommitKind.Overwrite;
            return new DeltaSink(
                    new WriterSettings(
                            spec,
                            id,
                            idOrigin,
                            retracts,
                            whole,
                            statement,
                            readVersion,
                            memory,
                            oneRowAKey && retracts),
                    new CommitSettings(
                            dataset,
                            spec,
                            new CommitFacts(id, parameters),
                            idOrigin,
                            whole,
                            true,
                            statement,
                            fences,
                            stateFolder));
        }
    }
}
