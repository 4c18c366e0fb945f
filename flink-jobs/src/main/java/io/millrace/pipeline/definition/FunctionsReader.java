package io.millrace.pipeline.definition;

import io.millrace.pipeline.definition.FunctionsDefinition.Expression;
import io.millrace.planner.sql.SqlFunctionDefinition;
import io.millrace.session.StrictYaml.Mapping;
import io.millrace.session.StrictYaml.Place;
import io.millrace.session.StrictYaml.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code functions} of a pipeline: jars, and functions that are expressions. */
final class FunctionsReader {
    private FunctionsReader() {}

    static FunctionsDefinition read(Path folder, Mapping yaml) {
        List<Path> jars = new ArrayList<>();
        List<Expression> expressions = new ArrayList<>();
        for (Value value : yaml.list("functions")) {
            Mapping function = value.mapping("a function");
            if (function.has("jar")) {
                jars.add(jar(folder, function.allow("jar")));
            } else {
                expressions.add(expression(function));
            }
        }
        return new FunctionsDefinition(jars, expressions);
    }

    private static Path jar(Path folder, Mapping yaml) {
        Path jar = folder.resolve(yaml.required("jar")).toAbsolutePath().normalize();
        if (!Files.isRegularFile(jar)) {
            throw yaml.get("jar")
                    .place()
                    .refuse("there is no jar '" + yaml.required("jar") + "' in " + folder);
        }
        return jar;
    }

    private static Expression expression(Mapping yaml) {
        yaml.allow(
                "name", "arguments", "returns", "expression", "doc", "nulls", "tags", "examples");
        Map<String, String> arguments = new LinkedHashMap<>();
        if (yaml.has("arguments")) {
            Mapping given = yaml.get("arguments").mapping("'arguments'");
            given.entries().keySet().forEach(name -> arguments.put(name, given.required(name)));
        }
        Place place = yaml.place();
        return new Expression(
                new SqlFunctionDefinition(
                        place.file() + ":" + place.line() + ":" + place.column(),
                        yaml.required("name"),
                        arguments,
                        yaml.required("expression")),
                yaml.text("returns", "ANY"),
                yaml.required("doc"),
                yaml.text("nulls", "As the expression says."),
                yaml.texts("tags"),
                yaml.texts("examples"));
    }
}
