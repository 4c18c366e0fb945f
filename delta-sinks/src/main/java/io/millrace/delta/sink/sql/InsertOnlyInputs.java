package io.millrace.delta.sink.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.delta.dataset.RunOptions;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The sinks of a compiled plan whose input only inserts.
 *
 * <p>A sink that is planned is told what its input does; one that is made from a compiled plan is
 * not, and so has to take two inserts of one key for an error of a retracting query. But the plan
 * knows: whoever loads one for {@code TableEnvironment.loadPlan} gives the session this option.
 */
@PublicEvolving
public final class InsertOnlyInputs {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SEPARATOR = ";";

    private InsertOnlyInputs() {}

    /**
     * The value of {@link RunOptions#INSERT_ONLY_SINKS} for a plan.
     *
     * @param compiledPlan its JSON
     * @throws IllegalArgumentException if it is no JSON
     */
    public static String option(String compiledPlan) {
        JsonNode plan;
        try {
            plan = MAPPER.readTree(compiledPlan);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a compiled plan: " + e.getMessage(), e);
        }
        Set<String> insertOnly = new TreeSet<>();
        Set<String> others = new TreeSet<>();
        for (JsonNode node : plan.path("nodes")) {
            JsonNode sink = node.path("dynamicTableSink").path("table").path("identifier");
            if (sink.isTextual()) {
                JsonNode kinds = node.path("inputChangelogMode");
                boolean inserts = kinds.size() == 1 && kinds.get(0).asText().equals("INSERT");
                (inserts ? insertOnly : others).add(sink.asText());
            }
        }
        insertOnly.removeAll(others);
        return String.join(SEPARATOR, insertOnly);
    }

    static Set<String> read(ReadableConfig session) {
        return new TreeSet<>(
                Arrays.asList(session.get(RunOptions.INSERT_ONLY_SINKS).split(SEPARATOR)));
    }
}
