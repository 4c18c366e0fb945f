package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name that stands for something about a table: {@code orders$files}, {@code orders$history},
 * {@code orders$changes}, or {@code orders$v12} for version 12.
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
            default -> Optional.empty();
        };
    }

    /** Of a version there are only files; of anything else nothing is derived. */
    boolean exists() {
        return DerivedName.of(base)
                .map(inner -> inner.kind() == Kind.VERSION && kind == Kind.FILES)
                .orElse(true);
    }

    private static Optional<DerivedName> of(String base, Kind kind, OptionalLong version) {
        return Optional.of(new DerivedName(base, kind, version));
    }
}
