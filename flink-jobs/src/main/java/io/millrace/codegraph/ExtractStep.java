package io.millrace.codegraph;

import io.millrace.codegraph.input.RevisionRange;
import io.millrace.codegraph.input.SourceTree;
import io.millrace.codegraph.input.SourceTrees;
import io.millrace.codegraph.tables.ExtractedRevisions;
import io.millrace.codegraph.tables.Extraction;
import io.millrace.codegraph.tables.FileExtraction;
import io.millrace.pipeline.PrepareContext;
import io.millrace.pipeline.PrepareStep;
import io.millrace.pipeline.Prepared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code extract} step of a pipeline over code: extracts parameter {@code source} (default: the
 * project itself) where nothing was extracted yet, and its new revisions on later refreshes. Tables
 * that were filled by {@code ./millrace extract} stay as they are unless {@code source} is given.
 */
public final class ExtractStep implements PrepareStep {
    private static final String SOURCE = "source";

    /** Stands for the project itself, wherever that lies. */
    private static final String PROJECT = "";

    private static final String HOME = "millrace.home";

    public ExtractStep() {}

    @Override
    public String name() {
        return "extract";
    }

    @Override
    public Prepared prepare(PrepareContext context) {
        ExtractedRevisions extracted = new ExtractedRevisions(context.warehouse());
        Map<String, Long> versions = extracted.newestVersions();
        boolean absent = versions.isEmpty();
        if (absent || context.refreshing()) {
            try {
                Optional<String> source = source(context, extracted, absent);
                if (source.isPresent()) {
                    extract(context, source.get());
                    versions = new ExtractedRevisions(context.warehouse()).newestVersions();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Prepared(pins(context, versions));
    }

    /** What to extract; empty where the tables are somebody else's business. */
    private static Optional<String> source(
            PrepareContext context, ExtractedRevisions extracted, boolean absent) {
        String given = context.params().getOrDefault(SOURCE, "").strip();
        if (!given.isEmpty()) {
            return Optional.of(Path.of(given).toAbsolutePath().normalize().toString());
        }
        return absent ? Optional.of(PROJECT) : extracted.follow();
    }

    private static void extract(PrepareContext context, String source) throws IOException {
        Path path = source.equals(PROJECT) ? project() : Path.of(source);
        FileExtraction files = FileExtraction.ofInstalled(context.progress());
        Extraction extraction = new Extraction(context.warehouse(), files, context.progress());
        List<SourceTree> trees =
                SourceTrees.open(
                        List.of(path), Optional.empty(), RevisionRange.DEFAULT, files::accepts);
        for (SourceTree tree : trees) {
            try (tree) {
                extraction.run(tree, Optional.of(source));
            }
        }
    }

    /** The git work tree around the launcher; its folder where there is none. */
    private static Path project() {
        Path home = Path.of(System.getProperty(HOME, "")).toAbsolutePath().normalize();
        for (Path folder = home; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                return folder;
            }
        }
        return home;
    }

    private static Map<String, Long> pins(PrepareContext context, Map<String, Long> versions) {
        Map<String, Long> pins = new HashMap<>();
        context.sources()
                .forEach(
                        (dataset, location) ->
                                versions.forEach(
                                        (table, version) -> {
                                            Path path = context.warehouse().resolve(table);
                                            if (Path.of(location).equals(path)) {
                                                pins.put(dataset, version);
                                            }
                                        }));
        return pins;
    }
}
