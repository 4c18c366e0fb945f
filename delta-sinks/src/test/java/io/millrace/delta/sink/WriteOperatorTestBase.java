package io.millrace.delta.sink;

import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TransactionId;
import io.millrace.delta.write.FileLayout;
import io.millrace.delta.write.FileNaming;
import io.millrace.delta.write.ParquetRowWriter;
import io.millrace.delta.write.TableWrite;
import io.millrace.delta.write.TestTables;
import io.millrace.delta.write.WriteSpec;
import io.millrace.delta.write.WriterMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of the writers share: a table with a key, rows for it, and what it then holds. */
abstract class WriteOperatorTestBase {

    static final RowType TYPE =
            RowType.of(
                    false,
                    new LogicalType[] {new BigIntType(false), VarCharType.STRING_TYPE},
                    new String[] {"id", "v"});

    @TempDir Path folder;
    DeltaTable table;
    WriteSpec spec;

    @BeforeEach
    void newTable() {
        table = DeltaTable.at(folder.resolve("t").toString());
        spec = WriteSpec.of(table.location(), TYPE, List.of("id"));
    }

    TestWriters writers(boolean rebuild) {
        return new TestWriters(new WriterSettings(spec, "p/t", true, rebuild));
    }

    TestWriters writers(WriterMemory memory) {
        return new TestWriters(new WriterSettings(spec, "p/t", true, false, memory));
    }

    static RowData row(RowKind kind, long id, String value) {
        return GenericRowData.ofKind(kind, id, StringData.fromString(value));
    }

    static RowData insert(long id, String value) {
        return row(RowKind.INSERT, id, value);
    }

    static void update(TestWriters writers, long id, String before, String after) throws Exception {
        writers.process(row(RowKind.UPDATE_AFTER, id, after));
        writers.process(row(RowKind.UPDATE_BEFORE, id, before));
    }

    void commitElsewhere(RowData... rows) throws IOException {
        try (TableWrite other = TableWrite.open(table, spec)) {
            for (RowData row : rows) {
                other.upsert(row);
            }
            other.commit(new TransactionId("other", table.snapshot().version()), Map.of());
        }
    }

    /** Files that another writer stages, of rows such as {@code 1,a}. */
    List<DataFile> elsewhere(List<String> rows) throws IOException {
        FileLayout layout =
                FileLayout.of(table, table.snapshot().metadata(), TYPE, spec.keyColumns());
        try (ParquetRowWriter out =
                ParquetRowWriter.dataFiles(layout, FileNaming.forSink("other"))) {
            for (String row : rows) {
                int comma = row.indexOf(',');
                out.write(
                        insert(Long.parseLong(row.substring(0, comma)), row.substring(comma + 1)));
            }
            return out.finish().stream().map(file -> file.toStagedFile(1).file()).toList();
        }
    }

    List<String> rows() throws IOException {
        return TestTables.rows(table, table.snapshot().version());
    }

    List<String> feed() throws IOException {
        return TestTables.feed(table, table.snapshot().version());
    }
}
