package io.millrace.codegraph.tables;

import static java.util.Objects.requireNonNull;

import io.millrace.codegraph.input.Sha256;
import io.millrace.codegraph.input.TreeFile;
import io.millrace.codegraph.model.EntityIds;
import io.millrace.codegraph.model.Extractor;
import io.millrace.codegraph.model.FileFacts;
import io.millrace.codegraph.model.SourceInput;
import io.millrace.codegraph.model.SourceText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Extracts files, each with the first extractor that accepts its path. */
public final class FileExtraction {
    /** Files that are given to an extractor at once; batches are spread over the processors. */
    private static final int BATCH = 50;

    private final List<Extractor> extractors;
    private final Consumer<String> progress;

    public FileExtraction(List<Extractor> extractors, Consumer<String> progress) {
        this.extractors = List.copyOf(extractors);
        this.progress = requireNonNull(progress, "progress is null");
    }

    /** With the extractors on the class path. */
    public static FileExtraction ofInstalled(Consumer<String> progress) {
        List<Extractor> installed = new ArrayList<>();
        ServiceLoader.load(Extractor.class).forEach(installed::add);
        return new FileExtraction(installed, progress);
    }

    /** Whether some extractor reads the file. */
    public boolean accepts(String path) {
        return extractor(path).isPresent();
    }

    List<ExtractedFile> extract(String repository, List<TreeFile> files) throws IOException {
        Map<Extractor, List<Content>> contents = new LinkedHashMap<>();
        for (TreeFile file : files) {
            SourceText text = SourceText.of(file.path(), read(file));
            Content content = new Content(file, new SourceInput(repository, text));
            contents.computeIfAbsent(extractor(file.path()).orElseThrow(), e -> new ArrayList<>())
                    .add(content);
        }
        List<ExtractedFile> extracted = new ArrayList<>(files.size());
        contents.forEach(
                (extractor, all) ->
                        batches(all).parallelStream()
                                .map(batch -> extract(extractor, batch))
                                .forEachOrdered(extracted::addAll));
        return extracted;
    }

    private static List<List<Content>> batches(List<Content> all) {
        List<List<Content>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            batches.add(all.subList(from, Math.min(from + BATCH, all.size())));
        }
        return batches;
    }

    private static byte[] read(TreeFile file) throws IOException {
        byte[] bytes = file.content().read();
        if (!Sha256.hex(bytes).equals(file.sha256())) {
            throw new IOException(
                    file.path()
                            + ": cannot extract: the file changed meanwhile. Run the extraction"
                            + " again.");
        }
        return bytes;
    }

    private List<ExtractedFile> extract(Extractor extractor, List<Content> contents) {
        List<FileFacts> facts = facts(extractor, contents.stream().map(Content::input).toList());
        List<ExtractedFile> extracted = new ArrayList<>(contents.size());
        for (int i = 0; i < contents.size(); i++) {
            extracted.add(contents.get(i).extracted(extractor.language(), facts.get(i)));
        }
        return extracted;
    }

    /** An extractor that fails loses what is in one file, but never the file nor the revision. */
    private List<FileFacts> facts(Extractor extractor, List<SourceInput> inputs) {
        try {
            return extractor.extract(inputs);
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            if (inputs.size() == 1) {
                progress.accept(inputs.get(0).text().path() + ": nothing extracted: " + e);
                return List.of(FileFacts.empty(""));
            }
            return inputs.stream()
                    .flatMap(input -> facts(extractor, List.of(input)).stream())
                    .toList();
        }
    }

    private Optional<Extractor> extractor(String path) {
        return extractors.stream().filter(extractor -> extractor.accepts(path)).findFirst();
    }

    private record Content(TreeFile file, SourceInput input) {
        ExtractedFile extracted(String language, FileFacts facts) {
            SourceText text = input.text();
            return new ExtractedFile(
                    EntityIds.fileId(input.repository(), text.path()),
                    input.repository(),
                    text.path(),
                    language,
                    file.sha256(),
                    text.byteLength(),
                    text.lines(),
                    facts);
        }
    }
}
