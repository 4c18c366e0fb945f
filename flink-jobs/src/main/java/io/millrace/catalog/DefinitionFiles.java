package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.delta.dataset.WholeFiles;
import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogBaseTable;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedCatalogView;

/**
 * What a catalog remembers beside the tables' own logs: databases, views, and tables by definition.
 * One file each under {@code <warehouse>/_millrace/catalog}, replaced as a whole, so a reader sees
 * the old definition or the new; the same definition gives the same bytes.
 */
final class DefinitionFiles {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    private static final int FORMAT = 1;
    private static final String SUFFIX = ".json";

    private final Path folder;

    /** The content of a file. */
    private record Content(int format, String kind, String comment, Map<String, String> content) {
        Content {
            requireNonNull(kind, "kind is null");
            comment = comment == null ? "" : comment;
            content = new TreeMap<>(content);
        }
    }

    DefinitionFiles(Path warehouse) {
        this.folder = warehouse.resolve(DeltaCatalog.INTERNAL_FOLDER).resolve("catalog");
    }

    SortedSet<String> databases() {
        return names(folder.resolve("databases"));
    }

    Optional<CatalogDatabase> database(String name) {
        return read(databaseFile(name))
                .map(content -> new CatalogDatabaseImpl(content.content(), content.comment()));
    }

    void putDatabase(String name, CatalogDatabase database) {
        write(
                databaseFile(name),
                new Content(FORMAT, "database", database.getComment(), database.getProperties()));
    }

    void removeDatabase(String name) {
        delete(databaseFile(name));
    }

    /** Names of the tables and views of a database. */
    SortedSet<String> names(String database) {
        return names(folder.resolve("objects").resolve(database));
    }

    Optional<CatalogBaseTable> find(ObjectPath path) {
        boolean named =
                Names.isDatabase(path.getDatabaseName()) && Names.isVisible(path.getObjectName());
        return named ? read(file(path)).map(DefinitionFiles::table) : Optional.empty();
    }

    void put(ObjectPath path, ResolvedCatalogBaseTable<?> table) {
        Content content =
                table instanceof ResolvedCatalogView view
                        ? new Content(FORMAT, "view", view.getComment(), properties(view))
                        : new Content(
                                FORMAT,
                                "table",
                                table.getComment(),
                                ((ResolvedCatalogTable) table).toProperties());
        write(file(path), content);
    }

    /** Moves a definition, if there is one, to another name. */
    void rename(ObjectPath path, ObjectPath renamed, BinaryOperator<String> options) {
        Optional<Content> content = read(file(path));
        if (content.isPresent()) {
            Map<String, String> properties = new TreeMap<>(content.get().content());
            properties.replaceAll(options);
            write(
                    file(renamed),
                    new Content(FORMAT, content.get().kind(), content.get().comment(), properties));
            remove(path);
        }
    }

    void remove(ObjectPath path) {
        delete(file(path));
    }

    private static Map<String, String> properties(ResolvedCatalogView view) {
        CatalogTable columns =
                CatalogTable.newBuilder()
                        .schema(view.getUnresolvedSchema())
                        .options(view.getOptions())
                        .build();
        Map<String, String> properties =
                new TreeMap<>(
                        new ResolvedCatalogTable(columns, view.getResolvedSchema()).toProperties());
        properties.put("view.original-query", view.getOriginalQuery());
        properties.put("view.expanded-query", view.getExpandedQuery());
        return properties;
    }

    private static CatalogBaseTable table(Content content) {
        Map<String, String> properties = new TreeMap<>(content.content());
        if (!content.kind().equals("view")) {
            return CatalogTable.fromProperties(properties);
        }
        String original = properties.remove("view.original-query");
        String expanded = properties.remove("view.expanded-query");
        CatalogTable columns = CatalogTable.fromProperties(properties);
        return CatalogView.of(
                columns.getUnresolvedSchema(),
                content.comment(),
                original,
                expanded,
                columns.getOptions());
    }

    private Path databaseFile(String name) {
        return folder.resolve("databases").resolve(name + SUFFIX);
    }

    private Path file(ObjectPath path) {
        return folder.resolve("objects")
                .resolve(path.getDatabaseName())
                .resolve(path.getObjectName() + SUFFIX);
    }

    private static SortedSet<String> names(Path folder) {
        TreeSet<String> names = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(SUFFIX) && Names.isVisible(name))
                        .forEach(
                                name ->
                                        names.add(
                                                name.substring(
                                                        0, name.length() - SUFFIX.length())));
            } catch (IOException e) {
                throw new UncheckedIOException(folder + ": cannot be listed: " + e.getMessage(), e);
            }
        }
        return names;
    }

    private static Optional<Content> read(Path file) {
        try {
            Content content = MAPPER.readValue(Files.readAllBytes(file), Content.class);
            if (content.format() != FORMAT) {
                throw new RefusedException(
                        "%s: cannot be read: it has format %d, and known is %d. Use the version of Millrace that wrote it, or drop the definition."
                                .formatted(file, content.format(), FORMAT));
            }
            return Optional.of(content);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new RefusedException(
                    "%s: cannot be read: it is no definition of a catalog. Correct or delete it."
                            .formatted(file),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static void write(Path file, Content content) {
        try {
            WholeFiles.write(file, MAPPER.writeValueAsBytes(content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be deleted: " + e.getMessage(), e);
        }
    }
}
