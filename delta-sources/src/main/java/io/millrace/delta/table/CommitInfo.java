package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What a commit says of itself.
 *
 * @param operation as writers name it, empty where the commit does not say
 * @param parameters the operation's parameters; what Millrace records has names that begin with
 *     {@code millrace.}
 */
public record CommitInfo(String operation, Map<String, String> parameters) {

    public static final CommitInfo NONE = new CommitInfo("", Map.of());

    public CommitInfo {
        requireNonNull(operation, "operation is null");
        parameters = DataFile.copyWithNulls(parameters);
    }
}
