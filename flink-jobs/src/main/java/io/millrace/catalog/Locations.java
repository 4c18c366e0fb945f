package io.millrace.catalog;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.flink.table.api.ValidationException;

/** Where tables may lie: not where a path leads only through {@code ..} or a symbolic link. */
final class Locations {

    private static final Pattern URI_WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

    private Locations() {}

    static boolean isUri(String location) {
        return URI_WITH_SCHEME.matcher(location).matches();
    }

    /**
     * @param name of the table, for the message
     * @throws ValidationException if a step of the location is {@code ..}, or a local table's
     *     folder or log is a symbolic link, or it lies in the warehouse behind one
     */
    static void check(String name, String location, Path warehouse) {
        String path = path(name, location);
        for (String step : path.split("[/\\\\]")) {
            if (step.equals("..")) {
                throw new ValidationException(
                        "%s: cannot lie at %s: the location has '..' in it. Write it without."
                                .formatted(name, location));
            }
        }
        if (isUri(location) && !location.startsWith("file:")) {
            return;
        }
        Path folder = Path.of(path).toAbsolutePath().normalize();
        Path last = folder.getParent() == null ? folder : folder.getParent();
        if (isBehindLink(folder.startsWith(warehouse) ? warehouse : last, folder)) {
            throw new ValidationException(
                    "%s: cannot lie at %s: there is a symbolic link on the way. Name the folder that it leads to."
                            .formatted(name, location));
        }
    }

    private static String path(String name, String location) {
        if (!isUri(location)) {
            return location;
        }
        try {
            String path = URI.create(location).getPath();
            return path == null ? location : path;
        } catch (IllegalArgumentException e) {
            throw new ValidationException(
                    "%s: cannot lie at %s: that is no URI. Correct it.".formatted(name, location),
                    e);
        }
    }

    /**
     * Whether a step from {@code from}, itself left out, to {@code folder} and its log is a link.
     */
    static boolean isBehindLink(Path from, Path folder) {
        if (Files.isSymbolicLink(folder.resolve("_delta_log"))) {
            return true;
        }
        Path step = folder;
        while (step != null && !step.equals(from)) {
            if (Files.isSymbolicLink(step)) {
                return true;
            }
            step = step.getParent();
        }
        return false;
    }
}
