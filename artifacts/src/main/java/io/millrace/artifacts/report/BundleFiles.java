package io.millrace.artifacts.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a bundle; what an older bundle does not hold reads as nothing. */
record BundleFiles(Path folder) {
    static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    BundleFiles {
        if (!Files.isRegularFile(folder.resolve("manifest.json"))) {
            throw new RefusedException(
                    folder
                            + ": cannot be reported on: it is no plan bundle, it holds no manifest.json. Name a folder under <warehouse>/_millrace/plans.");
        }
    }

    /** The document of a file; a missing node where there is none. */
    JsonNode json(String file) {
        String text = text(file);
        try {
            return text.isEmpty() ? MAPPER.getNodeFactory().missingNode() : MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw damaged(file, e);
        }
    }

    /** The text of a file, empty where there is none. */
    String text(String file) {
        Path path = folder.resolve(file);
        try {
            return Files.exists(path) ? Files.readString(path) : "";
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    private RefusedException damaged(String file, IOException e) {
        return new RefusedException(
                folder
                        + ": cannot be reported on: "
                        + file
                        + " cannot be read. Delete the bundle and run plan.",
                e);
    }
}
