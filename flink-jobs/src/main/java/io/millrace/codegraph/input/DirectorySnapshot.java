package io.millrace.codegraph.input;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A folder. Hidden folders, links to folders, and what Maven and Gradle build (a {@code target} or
 * {@code build} beside their build file) are left out.
 */
final class DirectorySnapshot extends Snapshot {
    private final Path root;
    private final Predicate<String> accepted;

    DirectorySnapshot(Path root, Predicate<String> accepted) {
        super(root.getFileName() == null ? "root" : root.getFileName().toString());
        this.root = root;
        this.accepted = accepted;
    }

    @Override
    boolean released() {
        return false;
    }

    @Override
    List<TreeFile> files() throws IOException {
        List<TreeFile> files = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        boolean skipped =
                                !folder.equals(root) && (isHidden(folder) || isBuilt(folder));
                        return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        String path =
                                root.relativize(file).toString().replace(File.separatorChar, '/');
                        if (accepted.test(path) && Files.isRegularFile(file)) {
                            String sha256 = Sha256.hex(Files.readAllBytes(file));
                            files.add(new TreeFile(path, sha256, () -> Files.readAllBytes(file)));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(Comparator.comparing(TreeFile::path));
        return files;
    }

    private static boolean isHidden(Path folder) {
        return folder.getFileName().toString().startsWith(".");
    }

    private static boolean isBuilt(Path folder) {
        String name = folder.getFileName().toString();
        return (name.equals("target") && Files.exists(folder.resolveSibling("pom.xml")))
                || (name.equals("build")
                        && (Files.exists(folder.resolveSibling("build.gradle"))
                                || Files.exists(folder.resolveSibling("build.gradle.kts"))));
    }
}
