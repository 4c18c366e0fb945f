package io.millrace.functions;

import static java.util.Objects.requireNonNull;

import io.millrace.functions.hash.StableHasher;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What decides the results of a set of functions.
 *
 * @param functions one line for each function, by name: kind, arguments, result, determinism,
 *     version, and the implementation where it is not Millrace's own
 * @param hash of these lines, 32 hexadecimal digits
 */
public record FunctionSnapshot(List<String> functions, String hash) {

    public FunctionSnapshot {
        functions = List.copyOf(functions);
        requireNonNull(hash, "hash is null");
    }

    static FunctionSnapshot of(Collection<FunctionEntry> entries) {
        List<String> lines = entries.stream().map(FunctionEntry::behaviour).toList();
        byte[] text =
                lines.stream().collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8);
        byte[] hex = StableHasher.of128().update(text).finishHex();
        return new FunctionSnapshot(lines, new String(hex, StandardCharsets.US_ASCII));
    }
}
