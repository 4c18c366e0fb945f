package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.WholeFiles;
import io.millrace.delta.table.RefusedException;
import io.millrace.pipeline.definition.PipelineDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Jars of pipelines' functions, kept beside their bundles by their content: {@code
 * _millrace/jars/<sha-256>.jar}. In a bundle a jar is a line with its hash.
 */
record KeptJars(Path folder) {
    private static final String MARK = "jar sha256:";

    KeptJars {
        requireNonNull(folder, "folder is null");
    }

    static KeptJars of(Path warehouse) {
        return new KeptJars(warehouse.resolve("_millrace").resolve("jars"));
    }

    /** What a bundle holds of the jars of a definition, by name within its folder. */
    static Map<String, String> lines(PipelineDefinition definition) {
        Map<String, String> lines = new TreeMap<>();
        for (Path jar : definition.functions().jars()) {
            Path folder = definition.folder().toAbsolutePath().normalize();
            if (jar.startsWith(folder)) {
                lines.put(folder.relativize(jar).toString(), MARK + hash(jar));
            }
        }
        return lines;
    }

    /** Keeps the jars of a definition, where they are not kept already. */
    void keep(PipelineDefinition definition) {
        for (Path jar : definition.functions().jars()) {
            Path kept = folder.resolve(hash(jar) + ".jar");
            if (!Files.exists(kept)) {
                WholeFiles.write(kept, bytes(jar));
            }
        }
    }

    static boolean isOne(String line) {
        return line.startsWith(MARK);
    }

    /**
     * Brings a jar back.
     *
     * @throws RefusedException if it is not kept, or is another
     */
    void restore(String line, Path to) {
        String hash = line.substring(MARK.length());
        Path kept = folder.resolve(hash + ".jar");
        if (!hash.matches("[0-9a-f]{64}") || !Files.isRegularFile(kept)) {
            throw new RefusedException(
                    to.getFileName()
                            + ": cannot be replayed: there is no "
                            + kept
                            + ". Plan anew.");
        }
        if (!hash(kept).equals(hash)) {
            throw new RefusedException(
                    to.getFileName()
                            + ": cannot be replayed: "
                            + kept
                            + " is not the jar that it was. Delete it and plan anew.");
        }
        try {
            Files.copy(kept, to);
        } catch (IOException e) {
            throw new UncheckedIOException(to + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private static String hash(Path jar) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(jar)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(Path jar) {
        try {
            return Files.readAllBytes(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(jar + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
