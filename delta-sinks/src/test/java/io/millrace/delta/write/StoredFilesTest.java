package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.StorageOptions;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written for a table goes where the table's own storage options lead. */
class StoredFilesTest {

    private static final String ADDRESS = "tenant://bucket/t";
    private static final RowType ROWS =
            RowType.of(new LogicalType[] {new BigIntType()}, new String[] {"id"});

    @TempDir private Path folder;

    @Test
    void filesOfTwoTenantsUnderOneAddressAreTwo() throws IOException {
        write("one", 3);
        write("two", 5);

        assertThat(files("one")).hasSize(3);
        assertThat(files("two")).hasSize(3);
        assertThat(files("one")).doesNotContainAnyElementsOf(files("two"));
        for (String tenant : List.of("one", "two")) {
            assertThat(files(tenant))
                    .anyMatch(file -> file.startsWith("part-") && file.endsWith(".parquet"))
                    .anyMatch(file -> file.startsWith("_change_data/cdc-"))
                    .anyMatch(file -> file.startsWith("deletion_vector_"));
        }
    }

    /** A data file, a change file and a deletion vector. */
    private void write(String tenant, int rows) throws IOException {
        DeltaTable table =
                DeltaTable.at(
                        ADDRESS,
                        StorageOptions.of(
                                Map.of(
                                        "fs.tenant.impl", Rooted.class.getName(),
                                        "fs.tenant.root", folder.resolve(tenant).toString())));
        WriteSpec spec = WriteSpec.of(ADDRESS, ROWS, List.of("id")).storedIn(table.storage());
        FileLayout layout =
                new FileLayout(
                        table.location(),
                        table.storage(),
                        spec.definition().schema(),
                        ROWS,
                        List.of(),
                        List.of("id"),
                        spec.properties());
        FileNaming naming = FileNaming.forSink("s");
        WrittenFile written;
        try (ParquetRowWriter data = ParquetRowWriter.dataFiles(layout, naming);
                ParquetRowWriter changes = ParquetRowWriter.changeFiles(layout, naming)) {
            for (long id = 0; id < rows; id++) {
                data.write(GenericRowData.of(id));
            }
            changes.write(GenericRowData.of(1L), ChangeType.DELETE);
            written = data.finish().get(0);
            changes.finish();
        }
        assertThat(written.size())
                .isEqualTo(Files.size(folder.resolve(tenant + "/t/" + written.path())));
        RowPositions deleted = new RowPositions();
        deleted.add(1);
        DeletionVectors.write(table, Map.of(written.path(), deleted));
    }

    private List<String> files(String tenant) throws IOException {
        Path root = folder.resolve(tenant).resolve("t");
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(file -> !file.endsWith(".crc"))
                    .toList();
        }
    }

    /** A bucket whose content depends on an option, as it does on an endpoint. */
    public static final class Rooted extends RawLocalFileSystem {

        private String root = "";

        @Override
        public void initialize(URI uri, Configuration configuration) throws IOException {
            super.initialize(uri, configuration);
            root = configuration.get("fs.tenant.root");
        }

        @Override
        public URI getUri() {
            return URI.create("tenant://bucket/");
        }

        @Override
        public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
            FileStatus file = super.getFileStatus(path);
            file.setPath(path);
            return file;
        }

        @Override
        public File pathToFile(org.apache.hadoop.fs.Path path) {
            return new File(root, path.toUri().getPath());
        }
    }
}
