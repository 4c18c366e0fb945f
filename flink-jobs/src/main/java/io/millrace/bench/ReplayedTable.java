package io.millrace.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A table that gets the commits of another local one, one at a time: its files are links, and a
 * commit is there when its log file is.
 */
public final class ReplayedTable {

    private static final String LOG = "_delta_log";

    private final Path original;
    private final Path shown;
    private long versions;

    private ReplayedTable(Path original, Path shown) {
        this.original = original;
        this.shown = shown;
    }

    /** A table at {@code shown}, where nothing may be, that shows version 0 of {@code original}. */
    public static ReplayedTable of(Path original, Path shown) throws IOException {
        requireNonNull(original, "original is null");
        Files.createDirectories(shown.resolve(LOG));
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(original)) {
            for (Path entry : entries) {
                if (!entry.endsWith(LOG)) {
                    Files.createSymbolicLink(shown.resolve(entry.getFileName()), entry);
                }
            }
        }
        ReplayedTable table = new ReplayedTable(original, shown);
        table.showNext();
        return table;
    }

    /** Where the table lies. */
    public Path location() {
        return shown;
    }

    /** The newest version that is shown. */
    public long version() {
        return versions - 1;
    }

    /** Shows the next commit, which must be there. */
    public void showNext() throws IOException {
        String name = "%020d.json".formatted(versions);
        Path log = shown.resolve(LOG);
        Path copy = Files.copy(original.resolve(LOG).resolve(name), log.resolve("." + name));
        Files.move(copy, log.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        versions++;
    }
}
