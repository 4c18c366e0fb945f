package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name that stands for something about a table: {@code orders$files}, {@code orders$history},
 * {@code orders$changes} and the like, or {@code orders$v12} for version 12.
 *
 * @param base the table's name, which may be derived itself ({@code orders$v12$files})
 * @param version present where {@code kind} is {@link Kind#VERSION}
 */
record DerivedName(String base, Kind kind, OptionalLong version) {

    private static final Pattern VERSION = Pattern.compile("v(\\d{1,18})");

    enum Kind {
        FILES,
        HISTORY,
        CHANGES,
        SNAPSHOTS,
        PARTITIONS,
        PROPERTIES,
        TRANSACTIONS,
        CONSUMERS,
        VERSION
    }

    DerivedName {
        requireNonNull(base, "base is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(version, "version is null");
    }

    static Optional<DerivedName> of(String name) {
        int dollar = name.lastIndexOf('$');
        if (dollar < 1) {
            return Optional.empty();
        }
        String base = name.substring(0, dollar);
        String suffix = name.substring(dollar + 1);
        Matcher version = VERSION.matcher(suffix);
        if (version.matches()) {
            return of(base, Kind.VERSION, OptionalLong.of(Long.parseLong(version.group(1))));
        }
        return switch (suffix) {
            case "files" -> of(base, Kind.FILES, OptionalLong.empty());
            case "history" -> of(base, Kind.HISTORY, OptionalLong.empty());
            case "changes" -> of(base, Kind.CHANGES, OptionalLong.empty());
            case "snapshots" -> of(base, Kind.SNAPSHOTS, OptionalLong.empty());
            case "partitions" -> of(base, Kind.PARTITIONS, OptionalLong.empty());
            case "properties" -> of(base, Kind.PROPERTIES, OptionalLong.empty());
            case "transactions" -> of(base, Kind.TRANSACTIONS, OptionalLong.empty());
            case "consumers" -> of(base, Kind.CONSUMERS, OptionalLong.empty());
            default -> Optional.empty();
        };
    }

    /** Of a version there is what one version has; of anything else nothing is derived. */
    boolean exists() {
        return DerivedName.of(base)
                .map(inner -> inner.kind() == Kind.VERSION && isOfOneVersion())
                .orElse(true);
    }

    /** Whether this tells of one version of the table, and not of several or none. */
    boolean isOfOneVersion() {
        return switch (kind) {
            case FILES, PARTITIONS, PROPERTIES, TRANSACTIONS -> true;
            case HISTORY, CHANGES, SNAPSHOTS, CONSUMERS, VERSION -> false;
        };
    }

    private static Optional<DerivedName> of(String base, Kind kind, OptionalLong version) {
        return Optional.of(new DerivedName(base, kind, version));
    }
}
