package io.millrace.functions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the registry knows, for people to read. */
public final class FunctionReference {

    /** Names of arguments that SQL reserves: in a call they stand in back quotes. */
    public static final Set<String> RESERVED = Set.of("condition", "lower", "module", "value");

    private FunctionReference() {}

    /** All functions as one page of Markdown. */
    public static String markdown(FunctionRegistry registry) {
        List<String> lines = new ArrayList<>();
        lines.add("# Functions");
        lines.add("");
        lines.add("Written from the registry; `./millrace functions NAME` prints the same.");
        lines.add(
                "In calls with names, those that SQL reserves stand in back quotes: "
                        + RESERVED.stream().sorted().collect(Collectors.joining(", "))
                        + ".");
        for (FunctionKind kind : FunctionKind.values()) {
            lines.add("");
            lines.add(kind == FunctionKind.SCALAR ? "## Scalars" : "## Aggregates");
            registry.entries().stream()
                    .filter(entry -> entry.description().kind() == kind)
                    .forEach(entry -> lines.addAll(markdown(entry)));
        }
        return String.join("\n", lines) + "\n";
    }

    private static List<String> markdown(FunctionEntry entry) {
        FunctionDescription function = entry.description();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("### " + function.name());
        lines.add("");
        lines.add("`" + function.signature() + "`");
        lines.add("");
        lines.add(function.documentation());
        lines.add(function.nulls());
        lines.add("");
        lines.add(about(entry));
        lines.add("");
        lines.add("```sql");
        function.examples().forEach(example -> lines.add(example.toString()));
        lines.add("```");
        return lines;
    }

    private static String about(FunctionEntry entry) {
        FunctionDescription function = entry.description();
        return String.join(", ", function.tags())
                + "; since "
                + function.since()
                + ", version "
                + function.version()
                + (function.named() ? "; arguments by position or name" : "; by position")
                + function.returnsKind().map(kind -> "; gives a " + kind).orElse("")
                + function.arguments().stream()
                        .flatMap(
                                argument ->
                                        argument.accepts().stream()
                                                .map(
                                                        k ->
                                                                "; takes a "
                                                                        + k
                                                                        + " as "
                                                                        + argument.name()))
                        .collect(Collectors.joining())
                + (entry.isDeterministic() ? "" : "; not deterministic");
    }

    /** One function as a JSON document: maps, lists, strings, numbers, booleans. */
    public static Map<String, Object> document(FunctionEntry entry) {
        FunctionDescription function = entry.description();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", function.name());
        document.put("kind", function.kind().name().toLowerCase(Locale.ROOT));
        document.put("signature", function.signature());
        document.put(
                "arguments",
                function.arguments().stream().map(FunctionReference::document).toList());
        document.put("named", function.named());
        document.put("returns", function.returns());
        function.returnsKind().ifPresent(kind -> document.put("returns_kind", kind));
        document.put("documentation", function.documentation());
        document.put("nulls", function.nulls());
        document.put("deterministic", entry.isDeterministic());
        document.put("tags", function.tags());
        document.put("since", function.since());
        document.put("version", function.version());
        document.put("implementation", entry.implementation());
        document.put(
                "examples",
                function.examples().stream()
                        .map(example -> Map.of("sql", example.sql(), "result", example.result()))
                        .toList());
        return document;
    }

    private static Map<String, Object> document(ArgumentDescription argument) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", argument.name());
        document.put("type", argument.type());
        document.put("optional", argument.optional());
        document.put("varargs", argument.varargs());
        document.put("literal", argument.literal());
        argument.otherwise().ifPresent(value -> document.put("default", value));
        argument.accepts().ifPresent(kind -> document.put("accepts_kind", kind));
        return document;
    }

    /** One function as lines of text. */
    public static List<String> lines(FunctionEntry entry) {
        FunctionDescription function = entry.description();
        List<String> lines = new ArrayList<>();
        lines.add(function.signature());
        lines.add("");
        lines.add(function.documentation());
        lines.add(function.nulls());
        lines.add("");
        lines.add(about(entry));
        lines.add("");
        function.examples().forEach(example -> lines.add("  " + example));
        return lines;
    }
}
