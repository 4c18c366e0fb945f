package io.millrace.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** What Millrace does in a warehouse: write, rename, list and delete files. */
final class WarehouseAccess {
    private static final long MEGABYTE = 1L << 20;
    private static final long LITTLE = 1024;

    private WarehouseAccess() {}

    static Finding check(Path warehouse) {
        if (Files.exists(warehouse) && !Files.isDirectory(warehouse)) {
            return Finding.fail(
                    "warehouse", warehouse + " is no folder", "Name a folder with --warehouse");
        }
        Path existing = warehouse;
        while (existing != null && !Files.isDirectory(existing)) {
            existing = existing.getParent();
        }
        if (existing == null) {
            return Finding.fail(
                    "warehouse", warehouse + " cannot be made", "Name another with --warehouse");
        }
        try {
            writeRenameListDelete(existing);
            long free = Files.getFileStore(existing).getUsableSpace() / MEGABYTE;
            String found =
                    warehouse
                            + (existing.equals(warehouse)
                                    ? " can be written, "
                                    : " is not there and can be made, ")
                            + free
                            + " MB free";
            return free < LITTLE
                    ? Finding.warn("warehouse", found, "Make room: files of commits need it")
                    : Finding.ok("warehouse", found);
        } catch (IOException e) {
            return Finding.fail(
                    "warehouse",
                    existing
                            + " does not let files be written, renamed, listed and deleted: "
                            + e.getClass().getSimpleName()
                            + " "
                            + e.getMessage(),
                    "Give this user the right to, or name another folder with --warehouse");
        }
    }

    /** Leaves nothing behind. */
    private static void writeRenameListDelete(Path folder) throws IOException {
        Path trial = Files.createTempDirectory(folder, "_millrace-doctor-");
        try {
            Path written = Files.writeString(trial.resolve("written"), "trial");
            Path renamed = trial.resolve("renamed");
            Files.move(written, renamed, StandardCopyOption.ATOMIC_MOVE);
            try (Stream<Path> files = Files.list(trial)) {
                if (!files.toList().equals(java.util.List.of(renamed))) {
                    throw new IOException("a renamed file is not listed");
                }
            }
            Files.delete(renamed);
        } finally {
            Files.deleteIfExists(trial.resolve("written"));
            Files.deleteIfExists(trial.resolve("renamed"));
            Files.delete(trial);
        }
    }
}
