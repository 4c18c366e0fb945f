package io.millrace.codegraph.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** A source tree as it is now, in a folder or an archive: one revision. */
abstract sealed class Snapshot permits DirectorySnapshot, JarSnapshot {
    private static final Pattern VERSION =
            Pattern.compile(
                    "-v?\\d[\\w.+]*"
                            + "(-(\\d[\\w.+]*|(?i:snapshot|alpha|beta|rc|m|cr|ga|final|release|jre|android|r)[\\d.]*))*$");

    private final String name;

    Snapshot(String name) {
        this.name = name;
    }

    /** The name without a version at its end: releases of a library share it. */
    final String repository() {
        String stripped = VERSION.matcher(name).replaceFirst("");
        return stripped.isEmpty() ? name : stripped;
    }

    /** Whether a name stands for one content for good, as that of a release does. */
    abstract boolean released();

    /** All accepted files, ordered by path. */
    abstract List<TreeFile> files() throws IOException;

    final Revision revision() throws IOException {
        String id = name + "@" + contentHash(files());
        return new Revision() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public List<TreeFile> files() throws IOException {
                return Snapshot.this.files();
            }
        };
    }

    private static String contentHash(List<TreeFile> files) {
        MessageDigest digest = Sha256.digest();
        for (TreeFile file : files) {
            digest.update((file.path() + '\n' + file.sha256() + '\n').getBytes(UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }
}
