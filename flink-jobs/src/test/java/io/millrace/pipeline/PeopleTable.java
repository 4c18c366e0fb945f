package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.table.TransactionId;
import io.millrace.delta.write.TableWrite;
import io.millrace.delta.write.WriteSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/** A source for pipelines of tests: people by id, with their team and their points. */
public final class PeopleTable {

    private static final RowType ROWS =
            RowType.of(
                    new LogicalType[] {
                        new BigIntType(false), VarCharType.STRING_TYPE, new BigIntType()
                    },
                    new String[] {"id", "team", "points"});

    private final Path location;
    private long transaction;

    public PeopleTable(Path location) {
        this.location = requireNonNull(location, "location is null");
    }

    /** One commit; a row without points is deleted. */
    public void upsert(Object[]... rows) throws IOException {
        String table = location.toString();
        try (TableWrite write =
                TableWrite.open(DeltaTable.at(table), WriteSpec.of(table, ROWS, List.of("id")))) {
            for (Object[] row : rows) {
                GenericRowData data =
                        GenericRowData.of(row[0], StringData.fromString((String) row[1]), row[2]);
                if (row[2] == null) {
                    write.delete(data);
                } else {
                    write.upsert(data);
                }
            }
            write.commit(new TransactionId("test", ++transaction), Map.of());
        }
    }

    /** The rows of a table's newest version, as text. */
    public static Set<String> rows(Path location) throws IOException {
        DeltaTable table = DeltaTable.at(location.toString());
        TableSnapshot snapshot = table.snapshot();
        Set<String> rows = new TreeSet<>();
        try (CloseableIterator<DataFile> files = snapshot.files()) {
            while (files.hasNext()) {
                DataFile file = files.next();
                try (DeltaFileReader reader =
                        DeltaFileReader.open(
                                table,
                                snapshot.metadata(),
                                FileToRead.of(file),
                                snapshot.metadata().schema().fieldNames(),
                                RowSelection.except(
                                        file.deletionVector()
                                                .map(
                                                        vector ->
                                                                DeletionVectors.load(
                                                                        table, vector))))) {
                    while (reader.hasNext()) {
                        rows.add(reader.next().row().toString());
                    }
                }
            }
        }
        return rows;
    }
}
