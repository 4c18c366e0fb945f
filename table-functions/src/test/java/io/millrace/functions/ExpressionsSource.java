package io.millrace.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the class {@link FunctionExpressions} from the registry. */
final class ExpressionsSource {

    private static final int WIDTH = 100;

    private ExpressionsSource() {}

    static String of(FunctionRegistry registry) {
        StringBuilder source =
                new StringBuilder(
                        """
                        package io.millrace.functions;

                        import static org.apache.flink.table.api.Expressions.call;
                        import static org.apache.flink.table.api.Expressions.nullOf;

                        import org.apache.flink.table.api.ApiExpression;
                        import org.apache.flink.table.api.DataTypes;

                        /**
                         * The functions for those who write the Table API in Java: each argument is an expression or a
                         * value. Written from the registry by {@code FunctionReferenceTest}, as are the names and the
                         * optional arguments; what a function does stands in FUNCTIONS.md.
                         */
                        public final class FunctionExpressions {

                            private FunctionExpressions() {}
                        """);
        for (FunctionEntry entry : registry.entries()) {
            FunctionDescription function = entry.description();
            for (int given = function.required(); given <= function.arguments().size(); given++) {
                source.append('\n').append(method(function, given));
            }
        }
        return source.append(
                        """

                            private static ApiExpression varargs(String name, Object first, Object[] more) {
                                Object[] all = new Object[more.length + 1];
                                all[0] = first;
                                System.arraycopy(more, 0, all, 1, more.length);
                                return call(name, all);
                            }
                        }
                        """)
                .toString();
    }

    private static String method(FunctionDescription function, int given) {
        List<ArgumentDescription> arguments = function.arguments();
        List<String> parameters = new ArrayList<>();
        List<String> passed = new ArrayList<>(List.of('"' + function.name() + '"'));
        boolean repeats = false;
        for (ArgumentDescription argument : arguments.subList(0, given)) {
            parameters.add(
                    (argument.varargs() ? "Object... " : "Object ") + camel(argument.name()));
            passed.add(camel(argument.name()));
            repeats |= argument.varargs();
        }
        for (ArgumentDescription left : arguments.subList(given, arguments.size())) {
            if (function.named()) {
                passed.add("nullOf(DataTypes." + left.type() + "())");
            }
        }
        String head = "    public static ApiExpression " + camel(function.name()) + "(";
        String body =
                repeats
                        ? wrapped("        return varargs(", passed, ");", 16)
                        : wrapped("        return call(", passed, ");", 16);
        return "    /** {@code "
                + function.name()
                + arguments.subList(0, given).stream()
                        .map(ArgumentDescription::name)
                        .collect(Collectors.joining(", ", "(", ")"))
                + "}. */\n"
                + wrapped(head, parameters, ") {", 12)
                + body
                + "    }\n";
    }

    /** On one line, else all on the next one, else each on its own. */
    private static String wrapped(String head, List<String> items, String tail, int indent) {
        String all = String.join(", ", items);
        if (head.length() + all.length() + tail.length() <= WIDTH) {
            return head + all + tail + "\n";
        }
        String margin = " ".repeat(indent);
        if (indent + all.length() + tail.length() <= WIDTH) {
            return head + "\n" + margin + all + tail + "\n";
        }
        return head + "\n" + margin + String.join(",\n" + margin, items) + tail + "\n";
    }

    private static String camel(String name) {
        StringBuilder camel = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                camel.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return camel.toString();
    }
}
