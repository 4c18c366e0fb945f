package io.millrace.artifacts;

import io.millrace.delta.table.Secrets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for what looks like a credential in text that is about to be written. */
public final class CredentialScan {
    private static final Pattern CREDENTIAL =
            Pattern.compile(
                    "(?i)(AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|://[^/\\s:@]+:[^/\\s@]+@"
                            + "|[?&](sig|token|X-Amz-Signature)=)");

    /** {@code 'key' = 'value'}, as options stand in SQL. */
    private static final Pattern OPTION =
            Pattern.compile("'([^'\\s]{1,200})'\\s*=\\s*'((?:[^']|'')*)'");

    private CredentialScan() {}

    /** Line, from 1, of the first thing that looks like a credential. */
    public static OptionalLong line(String text) {
        Matcher found = CREDENTIAL.matcher(text);
        return found.find()
                ? OptionalLong.of(text.substring(0, found.start()).lines().count())
                : OptionalLong.empty();
    }

    /** The text; a mask in its place where something in it looks like a credential. */
    public static String masked(String text) {
        return CREDENTIAL.matcher(text).find() || secretOption(text).isPresent()
                ? Secrets.MASK
                : text;
    }

    private static Optional<String> secretOption(String text) {
        Matcher option = OPTION.matcher(text);
        while (option.find()) {
            if (Secrets.isSecret(option.group(1))
                    && !Secrets.isReference(option.group(2))
                    && !option.group(2).equals(Secrets.MASK)) {
                return Optional.of(option.group(1));
            }
        }
        return Optional.empty();
    }
}
