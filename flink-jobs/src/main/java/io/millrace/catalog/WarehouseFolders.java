package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.table.catalog.ObjectPath;

/**
 * The folders of a warehouse: a table is a folder with a Delta log, a database a folder that holds
 * tables; one inside another has a dot in its name. What lies behind a symbolic link is not there.
 */
final class WarehouseFolders {

    private static final int DEEPEST_DATABASE = 4;
    private static final String LOG = "_delta_log";

    private final Path root;

    WarehouseFolders(Path root) {
        this.root = requireNonNull(root, "root is null").toAbsolutePath().normalize();
    }

    Path root() {
        return root;
    }

    /** Databases that hold tables, without the one that the warehouse itself is. */
    SortedSet<String> databases() {
        TreeSet<String> names = new TreeSet<>();
        for (Path folder : folders(root)) {
            collect(folder, folder.getFileName().toString(), 1, names);
        }
        return names;
    }

    private static void collect(Path folder, String name, int depth, SortedSet<String> names) {
        if (hasLog(folder) || !Names.isDatabase(name)) {
            return;
        }
        List<Path> inside = folders(folder);
        if (inside.stream().anyMatch(WarehouseFolders::hasLog)) {
            names.add(name);
        }
        if (depth < DEEPEST_DATABASE) {
            for (Path folderInside : inside) {
                String last = folderInside.getFileName().toString();
                collect(folderInside, name + "." + last, depth + 1, names);
            }
        }
    }

    /** Where a database lies; the name must be one. */
    Path database(String name) {
        if (name.equals(ArtifactTables.DATABASE)) {
            return ArtifactTables.folder(root);
        }
        return name.equals(DeltaCatalog.DEFAULT_DATABASE)
                ? root
                : root.resolve(name.replace('.', '/'));
    }

    /** Where a table lies, or would. */
    Path table(ObjectPath path) {
        return database(path.getDatabaseName()).resolve(path.getObjectName());
    }

    boolean isTable(ObjectPath path) {
        String database = path.getDatabaseName();
        boolean inFolder =
                database.equals(DeltaCatalog.DEFAULT_DATABASE)
                        || database.equals(ArtifactTables.DATABASE)
                        || Names.isDatabase(database);
        return inFolder
                && Names.isVisible(path.getObjectName())
                && hasLog(table(path))
                && !Locations.isBehindLink(root, table(path));
    }

    /** Names of a database's tables. */
    SortedSet<String> tables(String database) {
        TreeSet<String> names = new TreeSet<>();
        Path folder = database(database);
        if (!Locations.isBehindLink(root, folder)) {
            folders(folder).stream()
                    .filter(WarehouseFolders::hasLog)
                    .forEach(table -> names.add(table.getFileName().toString()));
        }
        return names;
    }

    private static boolean hasLog(Path folder) {
        return Files.isDirectory(folder.resolve(LOG), LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(path -> Names.isVisible(path.getFileName().toString()))
                    .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be listed: " + e.getMessage(), e);
        }
    }

    void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be made: " + e.getMessage(), e);
        }
    }

    /** In one step: nobody sees half a table. */
    void move(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s: cannot be moved to %s: %s".formatted(from, to, e.getMessage()), e);
        }
    }

    /** Takes a folder away in one step, and then what is in it; links are not followed. */
    void delete(Path folder) {
        Path aside =
                root.resolve(DeltaCatalog.INTERNAL_FOLDER)
                        .resolve("dropped")
                        .resolve(UUID.randomUUID().toString());
        move(folder, aside);
        try {
            Files.walkFileTree(aside, new Deletion());
        } catch (IOException e) {
            throw new UncheckedIOException(aside + ": cannot be deleted: " + e.getMessage(), e);
        }
    }

    /** Takes a database's folder away, and those it lies in, as far as nothing is in them. */
    void deleteIfEmpty(Path database) {
        Path folder = database;
        try {
            while (!folder.equals(root) && folder.startsWith(root) && isEmpty(folder)) {
                Files.delete(folder);
                folder = folder.getParent();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be deleted: " + e.getMessage(), e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
