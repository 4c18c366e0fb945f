package io.millrace.artifacts.lineage;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.DatasetName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lineage as an OpenLineage job event (spec 2-0-2), which needs no run, with a column lineage facet
 * for each output.
 *
 * @param job name of the pipeline
 * @param time when the lineage was read
 */
public record OpenLineageEvent(String job, Instant time) {
    private static final String NAMESPACE = "millrace";
    private static final String PRODUCER = "urn:millrace";
    private static final String EVENT = "https://openlineage.io/spec/2-0-2/OpenLineage.json";
    private static final String FACETS = "https://openlineage.io/spec/facets/";

    public OpenLineageEvent {
        requireNonNull(job, "job is null");
        requireNonNull(time, "time is null");
    }

    /**
     * A table as OpenLineage names it.
     *
     * @param location absolute path or URI
     */
    public record Place(String location) {
        public Place {
            requireNonNull(location, "location is null");
        }

        DatasetName named() {
            return DatasetName.of(location);
        }
    }

    /**
     * The event as a JSON document.
     *
     * @param inputs places of the datasets read, by name; others are named as they are
     * @param outputs places of the results, by name
     */
    public Map<String, Object> document(
            Lineage lineage, Map<String, Place> inputs, Map<String, Place> outputs) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("eventTime", time.toString());
        document.put("producer", PRODUCER);
        document.put("schemaURL", EVENT + "#/$defs/JobEvent");
        document.put("job", dataset(NAMESPACE, job));
        List<Object> read = new ArrayList<>();
        lineage.required().forEach(dataset -> read.add(place(dataset.dataset(), inputs)));
        document.put("inputs", read);
        List<Object> written = new ArrayList<>();
        for (ResultLineage result : lineage.results()) {
            Map<String, Object> output = place(result.dataset(), outputs);
            output.put("facets", Map.of("columnLineage", facet(result, inputs)));
            written.add(output);
        }
        document.put("outputs", written);
        return document;
    }

    private static Map<String, Object> facet(ResultLineage result, Map<String, Place> inputs) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (ColumnLineage column : result.columns()) {
            fields.put(column.column(), Map.of("inputFields", fields(column.origins(), inputs)));
        }
        Map<String, Object> facet = new LinkedHashMap<>();
        facet.put("_producer", PRODUCER);
        facet.put(
                "_schemaURL",
                FACETS + "1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet");
        facet.put("fields", fields);
        facet.put("dataset", fields(result.rows(), inputs));
        return facet;
    }

    /** Each column once, with all its transformations. */
    private static List<Object> fields(List<Origin> origins, Map<String, Place> inputs) {
        Map<ColumnName, List<Object>> transformations = new TreeMap<>();
        for (Origin origin : origins) {
            Map<String, Object> transformation = new LinkedHashMap<>();
            transformation.put("type", origin.influence().isDirect() ? "DIRECT" : "INDIRECT");
            transformation.put("subtype", origin.influence().name());
            transformations
                    .computeIfAbsent(origin.column(), column -> new ArrayList<>())
                    .add(transformation);
        }
        List<Object> fields = new ArrayList<>();
        transformations.forEach(
                (column, how) -> {
                    Map<String, Object> field = place(column.dataset(), inputs);
                    field.put("field", column.column());
                    field.put("transformations", how);
                    fields.add(field);
                });
        return fields;
    }

    private static Map<String, Object> place(String dataset, Map<String, Place> places) {
        Place place = places.get(dataset);
        return place == null
                ? dataset(NAMESPACE, dataset)
                : dataset(place.named().namespace(), place.named().name());
    }

    private static Map<String, Object> dataset(String namespace, String name) {
        Map<String, Object> dataset = new LinkedHashMap<>();
        dataset.put("namespace", namespace);
        dataset.put("name", name);
        return dataset;
    }
}
