package io.millrace.delta.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StructType;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options of storage belong to a table, also where two tables have the same address. */
class OptionsFileSystemTest {

    private static final String ADDRESS = "account://bucket/t";

    @TempDir private Path folder;

    @Test
    void twoAccountsOnOneBucketAreTwo() throws Exception {
        create("one", 1);
        create("two", 2);
        assertThat(at("one").snapshot().version()).isEqualTo(1);
        assertThat(at("two").snapshot().version()).isEqualTo(2);
        assertThat(at("one").snapshot().version()).isEqualTo(1);
    }

    @Test
    void tablesWithTheSameOptionsShareOne() throws Exception {
        create("shared", 0);
        at("shared").snapshot();
        int before = Account.MADE.get();
        for (int i = 0; i < 5; i++) {
            at("shared").snapshot();
        }
        assertThat(Account.MADE.get() - before).isLessThanOrEqualTo(1);
    }

    @Test
    void commitsToS3AreRefused() {
        DeltaTable table = DeltaTable.at("s3a://bucket/t");
        assertThatThrownBy(
                        () ->
                                table.create(
                                        definition(),
                                        CommitContent.empty(
                                                CommitOperation.CREATE_TABLE, Map.of())))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("s3a://bucket/t: cannot commit")
                .hasMessageContaining("overwrite");
    }

    /** Written as a local table; then it is there under the account's root. */
    private void create(String account, int commits) throws Exception {
        DeltaTable table = DeltaTable.at(folder.resolve(account).resolve("t").toString());
        table.create(definition(), CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
        for (int i = 0; i < commits; i++) {
            table.commit(
                    table.snapshot(),
                    CommitContent.empty(CommitOperation.STREAMING_UPDATE, Map.of()));
        }
    }

    private static TableDefinition definition() {
        return new TableDefinition(new StructType().add("id", LongType.LONG), List.of(), Map.of());
    }

    private DeltaTable at(String account) {
        return DeltaTable.at(
                ADDRESS,
                StorageOptions.of(
                        Map.of(
                                "fs.account.impl", Account.class.getName(),
                                "fs.account.root", folder.resolve(account).toString())));
    }

    /** A bucket whose content depends on an option, as it does on an endpoint. */
    public static final class Account extends RawLocalFileSystem {

        private static final AtomicInteger MADE = new AtomicInteger();

        private String root = "";

        @Override
        public void initialize(URI uri, Configuration configuration) throws IOException {
            super.initialize(uri, configuration);
            root = configuration.get("fs.account.root");
            MADE.incrementAndGet();
        }

        @Override
        public URI getUri() {
            return URI.create("account://bucket/");
        }

        @Override
        public FileStatus[] listStatus(org.apache.hadoop.fs.Path folder) throws IOException {
            FileStatus[] files = super.listStatus(folder);
            for (FileStatus file : files) {
                file.setPath(new org.apache.hadoop.fs.Path(folder, file.getPath().getName()));
            }
            return files;
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
