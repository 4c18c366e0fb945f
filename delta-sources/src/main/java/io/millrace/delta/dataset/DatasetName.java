package io.millrace.delta.dataset;

import static java.util.Objects.requireNonNull;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table as OpenLineage names it: {@code file} and its path, {@code s3://bucket} and the key in
 * it. What may be a credential (user and password before the host, a query behind the path) is no
 * part of it.
 *
 * @param namespace {@code file}, or scheme and authority
 * @param name without a leading slash but in files
 */
public record DatasetName(String namespace, String name) {
    private static final Pattern LOCATION =
            Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://([^/?#]*)([^?#]*).*", Pattern.DOTALL);

    public DatasetName {
        requireNonNull(namespace, "namespace is null");
        requireNonNull(name, "name is null");
    }

    /**
     * The name of the table at a location.
     *
     * @param location absolute path or URI
     */
    public static DatasetName of(String location) {
        Matcher uri = LOCATION.matcher(location);
        if (!uri.matches()) {
            return new DatasetName("file", location.replaceFirst("^file:/+", "/"));
        }
        String scheme = uri.group(1);
        String authority = uri.group(2).substring(uri.group(2).lastIndexOf('@') + 1);
        return scheme.equals("file")
                ? new DatasetName("file", uri.group(3))
                : new DatasetName(
                        (scheme.matches("s3[an]") ? "s3" : scheme) + "://" + authority,
                        uri.group(3).replaceFirst("^/", ""));
    }
}
