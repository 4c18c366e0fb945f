package io.millrace.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where tables lie once links are followed. */
final class Locations {
    private static final String FILE = "file:";

    private Locations() {}

    /** The path with the links of what exists of it followed; it need not exist. */
    static Path real(Path path) {
        Path existing = path.toAbsolutePath().normalize();
        Path rest = Path.of("");
        // A link whose target is not there exists, too.
        while (existing.getParent() != null && !Files.exists(existing)) {
            if (Files.isSymbolicLink(existing)) {
                return real(target(existing)).resolve(rest).normalize();
            }
            rest = existing.getFileName().resolve(rest);
            existing = existing.getParent();
        }
        try {
            return existing.toRealPath().resolve(rest).normalize();
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be resolved: " + e.getMessage(), e);
        }
    }

    private static Path target(Path link) {
        try {
            return link.resolveSibling(Files.readSymbolicLink(link));
        } catch (IOException e) {
            throw new UncheckedIOException(link + ": cannot be followed: " + e.getMessage(), e);
        }
    }

    /** Whether a location of a table, a path or a URI, is that place. */
    static boolean isAt(String location, Path real) {
        try {
            if (location.startsWith(FILE)) {
                return real(Path.of(URI.create(location).getPath())).equals(real);
            }
            return !location.contains("://") && real(Path.of(location)).equals(real);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
