package io.millrace.tests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The project's files as a clone has them: without what builds and runs leave. */
record SourceTree(Path root) {

    private static final Set<String> LEFT_BY_RUNS =
            Set.of("target", ".git", "warehouse", ".idea", ".vscode", ".settings");

    static SourceTree ofThisProject() {
        String root = System.getProperty("millrace.root");
        return new SourceTree(Path.of(root == null ? ".." : root).toAbsolutePath().normalize());
    }

    List<Path> files() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(
                    root,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes attributes) {
                            return LEFT_BY_RUNS.contains(folder.getFileName().toString())
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (!file.getFileName().toString().equals(".git")) {
                                files.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(files);
    }

    List<Path> javaFiles() {
        return files().stream().filter(file -> file.toString().endsWith(".java")).toList();
    }

    /** The lines of a text file; none of one that is not text. */
    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException binary) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
