package io.millrace.delta.parquet;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;

/** Tables that other writers made; they lie beside the project and tests skip without them. */
public final class GoldenTables {

    private GoldenTables() {}

    public static DeltaTable open(String name) {
        Optional<Path> folder =
                Stream.of("../../shared/golden-tables", "../../../shared/golden-tables")
                        .map(Path::of)
                        .filter(Files::isDirectory)
                        .findFirst();
        Assumptions.assumeThat(folder).as("the folder of golden tables").isPresent();
        return DeltaTable.at(folder.orElseThrow().resolve(name).toString());
    }

    /** All rows of the newest version, columns as given. */
    static List<String> rows(DeltaTable table, String... columns) throws IOException {
        TableSnapshot snapshot = table.snapshot();
        TableMetadata metadata = snapshot.metadata();
        List<String> names =
                columns.length == 0 ? metadata.schema().fieldNames() : List.of(columns);
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<DataFile> files = snapshot.files()) {
            while (files.hasNext()) {
                DataFile file = files.next();
                try (DeltaFileReader reader =
                        DeltaFileReader.open(
                                table,
                                metadata,
                                FileToRead.of(file),
                                names,
                                file.deletionVector().map(v -> DeletionVectors.load(table, v)))) {
                    while (reader.hasNext()) {
                        rows.add(Values.text(reader.next().row()));
                    }
                }
            }
        }
        return rows;
    }
}
