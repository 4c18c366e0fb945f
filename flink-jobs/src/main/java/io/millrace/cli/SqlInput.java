package io.millrace.cli;

import io.millrace.arrow.ArrowInput;
import io.millrace.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code --input} brings: nothing, or a table. */
final class SqlInput implements AutoCloseable {
    /** The name that statements read it by. */
    static final String TABLE = "input";

    private static final String STANDARD = "arrow";
    private static final String FILE = "arrow:";

    private final Optional<ArrowInput> table;

    private SqlInput(Optional<ArrowInput> table) {
        this.table = table;
    }

    /**
     * @param option empty, {@code arrow} or {@code arrow:FILE}
     */
    static SqlInput of(String option, boolean cluster) throws IOException {
        if (option.isEmpty()) {
            return new SqlInput(Optional.empty());
        } else if (cluster) {
            throw new UsageException("--input is for the embedded cluster, not for --target");
        } else if (option.equals(STANDARD)) {
            return new SqlInput(Optional.of(ArrowInput.of(System.in)));
        } else if (option.startsWith(FILE)) {
            Path file = Path.of(option.substring(FILE.length()));
            if (!Files.isRegularFile(file)) {
                throw new UsageException(file + ": there is no such file");
            }
            return new SqlInput(Optional.of(ArrowInput.of(file)));
        }
        throw new UsageException("--input is arrow or arrow:FILE, not '" + option + "'");
    }

    void register(Session session) {
        table.ifPresent(input -> input.register(session, TABLE));
    }

    @Override
    public void close() throws IOException {
        if (table.isPresent()) {
            table.get().close();
        }
    }
}
