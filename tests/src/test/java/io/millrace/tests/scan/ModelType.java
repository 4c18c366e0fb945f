package io.millrace.tests.scan;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.types.Row;

/**
 * Types of model tables. Values of lists are lists, those of maps and of structs maps by key or by
 * the name of the field; a field that a struct lacks is null.
 */
sealed interface ModelType {

    ObjectMapper JSON = new ObjectMapper();

    record Primitive(ModelPrimitive kind) implements ModelType {
        public Primitive {
            requireNonNull(kind, "kind is null");
        }
    }

    record ListOf(ModelType element) implements ModelType {
        public ListOf {
            requireNonNull(element, "element is null");
        }
    }

    /** Of strings to values. */
    record MapOf(ModelType value) implements ModelType {
        public MapOf {
            requireNonNull(value, "value is null");
        }
    }

    record Struct(List<Field> fields) implements ModelType {
        public Struct {
            fields = List.copyOf(fields);
        }

        /** A row, or a struct that is not null. */
        Map<String, Object> row(Random random) {
            Map<String, Object> row = new LinkedHashMap<>();
            fields.forEach(field -> row.put(field.name(), field.type().random(random)));
            return row;
        }

        private Map<String, String> fieldTexts(Object value) {
            Map<String, String> texts = new LinkedHashMap<>();
            for (int i = 0; i < fields.size(); i++) {
                Field field = fields.get(i);
                Object one =
                        value instanceof Row row
                                ? i < row.getArity() ? row.getField(i) : null
                                : ((Map<?, ?>) value).get(field.name());
                if (one != null) {
                    texts.put(field.name(), field.type().text(one));
                }
            }
            return texts;
        }
    }

    /** A column, or a field of a struct; the physical name is the name where none are mapped. */
    record Field(String name, String physical, int id, ModelType type) {
        public Field {
            requireNonNull(name, "name is null");
            requireNonNull(physical, "physical is null");
            requireNonNull(type, "type is null");
        }
    }

    /** Delta's JSON of the type. */
    default JsonNode json(boolean mapped) {
        ObjectNode json = JSON.createObjectNode();
        if (this instanceof Primitive primitive) {
            return TextNode.valueOf(primitive.kind().delta());
        } else if (this instanceof ListOf list) {
            json.put("type", "array").put("containsNull", true);
            json.set("elementType", list.element().json(mapped));
        } else if (this instanceof MapOf map) {
            json.put("type", "map").put("keyType", "string").put("valueContainsNull", true);
            json.set("valueType", map.value().json(mapped));
        } else if (this instanceof Struct struct) {
            var fields = json.put("type", "struct").putArray("fields");
            for (Field field : struct.fields()) {
                ObjectNode one = fields.addObject().put("name", field.name());
                one.put("nullable", true).set("type", field.type().json(mapped));
                ObjectNode metadata = one.putObject("metadata");
                if (mapped) {
                    metadata.put("delta.columnMapping.id", field.id());
                    metadata.put("delta.columnMapping.physicalName", field.physical());
                }
            }
        }
        return json;
    }

    /** A value, null in one of six. */
    default Object random(Random random) {
        if (random.nextInt(6) == 0) {
            return null;
        }
        if (this instanceof ListOf list) {
            List<Object> elements = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                elements.add(list.element().random(random));
            }
            return elements;
        } else if (this instanceof MapOf map) {
            Map<String, Object> entries = new TreeMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                entries.put("k" + random.nextInt(3), map.value().random(random));
            }
            return entries;
        } else if (this instanceof Struct struct) {
            return struct.row(random);
        }
        return ((Primitive) this).kind().random(random);
    }

    /** The same text for a value of the model and for one of Flink; null fields are left out. */
    default String text(Object value) {
        if (value == null) {
            return "null";
        } else if (this instanceof ListOf list) {
            List<?> elements = value instanceof List<?> all ? all : Arrays.asList((Object[]) value);
            return elements.stream().map(list.element()::text).toList().toString();
        } else if (this instanceof MapOf map) {
            Map<String, String> entries = new TreeMap<>();
            ((Map<?, ?>) value).forEach((k, v) -> entries.put((String) k, map.value().text(v)));
            return entries.toString();
        } else if (this instanceof Struct struct) {
            return struct.fieldTexts(value).toString();
        }
        return ((Primitive) this).kind().text(value);
    }
}
