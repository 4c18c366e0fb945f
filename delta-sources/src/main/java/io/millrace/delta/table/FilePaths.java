package io.millrace.delta.table;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where the files lie that a log names: a path there is a URI, relative to the table or absolute
 * (Delta protocol, "Add File and Remove File").
 */
final class FilePaths {

    private FilePaths() {}

    static String resolve(String location, String pathInLog) {
        URI uri;
        try {
            uri = new URI(pathInLog);
        } catch (URISyntaxException e) {
            throw refused(location, pathInLog, "is no URI: " + e.getMessage());
        }
        if (uri.isOpaque()) {
            throw refused(
                    location, pathInLog, "has the scheme " + uri.getScheme() + " and no path");
        } else if (uri.isAbsolute()) {
            return absolute(location, pathInLog, uri);
        } else if (uri.getPath().startsWith("/")) {
            return uri.getPath();
        }
        String path = uri.normalize().getPath();
        if (path.equals("..") || path.startsWith("../")) {
            throw refused(
                    location,
                    pathInLog,
                    "leads outside of the table, which only an absolute path may");
        }
        // A colon in the first name of a relative path is kept apart from a scheme by "./".
        return location + "/" + (path.startsWith("./") ? path.substring(2) : path);
    }

    private static String absolute(String location, String pathInLog, URI uri) {
        if ("file".equals(uri.getScheme())) {
            return uri.getPath();
        }
        if (location.startsWith("/")) {
            throw refused(
                    location,
                    pathInLog,
                    "lies in other storage ("
                            + uri.getScheme()
                            + ") than the table, which is read from local files");
        }
        return uri.getScheme()
                + "://"
                + Optional.ofNullable(uri.getRawAuthority()).orElse("")
                + Optional.ofNullable(uri.getPath()).orElse("");
    }

    private static RefusedException refused(String location, String path, String what) {
        return new RefusedException(
                location
                        + ": cannot read file "
                        + path
                        + ": its path in the log "
                        + what
                        + ". Find out what wrote it, and write the file into the table again.");
    }
}
