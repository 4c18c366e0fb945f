package io.millrace.delta.table;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which values must not be shown, by the key they stand under. */
public final class Secrets {

    /** What stands in the place of a value that must not be shown. */
    public static final String MASK = "******";

    private static final Pattern SECRET =
            Pattern.compile(
                    "passw|secret|token|credential|signature|\\bsas\\b"
                            + "|(access|account|api|encryption|private|shared|service)[._-]?key");

    /** What is said about a secret, but is none: who provides it, where it lies. */
    private static final Pattern ABOUT_A_SECRET =
            Pattern.compile(
                    "(provider|provider[._-](type|path|mapping)|keyfile|endpoint|enabled)$");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{env\\.\\w+}");

    private Secrets() {}

    /** Whether values under this key must not be shown. */
    public static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return SECRET.matcher(lower).find() && !ABOUT_A_SECRET.matcher(lower).find();
    }

    /** Whether a value only names the environment variable that holds the secret. */
    public static boolean isReference(String value) {
        return REFERENCE.matcher(value).matches();
    }

    /** The value as it may be shown. */
    public static String shown(String key, String value) {
        return isSecret(key) && !isReference(value) ? MASK : value;
    }
}
