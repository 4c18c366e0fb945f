package io.millrace.session;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A YAML file read strictly: every value knows its place, so each error names file, line and
 * column. Scalars stay text; anchors, aliases, tags, duplicate keys and more than one document are
 * refused.
 */
public final class StrictYaml {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 16;

    private final String file;
    private final YAMLParser parser;

    private StrictYaml(String file, YAMLParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /** Reads a file whose document is a mapping. */
    public static Mapping read(Path path) {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new RefusedException(
                        path + ": is larger than 1 MiB. Is this the right file?");
            }
            return read(path.toString(), Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads text whose document is a mapping; {@code file} is the name in errors. */
    public static Mapping read(String file, String text) {
        requireNonNull(file, "file is null");
        YAMLFactory factory =
                YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
        try (YAMLParser parser = factory.createParser(text)) {
            StrictYaml reader = new StrictYaml(file, parser);
            parser.nextToken();
            if (parser.currentToken() == null) {
                throw new RefusedException(file + ": is empty.");
            }
            Value value = reader.value(0);
            if (parser.nextToken() != null) {
                throw reader.at().refuse("holds a second document; one is expected");
            }
            return value.mapping("the document");
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            String where =
                    location == null
                            ? file
                            : file + ":" + location.getLineNr() + ":" + location.getColumnNr();
            throw new RefusedException(where + ": " + firstLine(e.getOriginalMessage()) + ".", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("is not YAML");
    }

    private Place at() {
        JsonLocation location = parser.currentTokenLocation();
        return new Place(file, location.getLineNr(), location.getColumnNr());
    }

    private Value value(int depth) throws IOException {
        Place place = at();
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            throw place.refuse(
                    "uses an anchor or alias, which are not read here. Write the value out");
        }
        if (parser.getTypeId() != null) {
            throw place.refuse("has a tag, which is not read here. Write the plain value");
        }
        if (depth > MAX_DEPTH) {
            throw place.refuse("is nested too deeply");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Value> entries = new LinkedHashMap<>();
                Map<String, Place> keys = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    keys.put(key, at());
                    parser.nextToken();
                    entries.put(key, value(depth + 1));
                }
                yield new Mapping(place, entries, keys);
            }
            case START_ARRAY -> {
                List<Value> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(depth + 1));
                }
                yield new Sequence(place, items);
            }
            case VALUE_NULL -> throw place.refuse("has no value");
            default -> new Scalar(place, parser.getText());
        };
    }

    /** Where a value stands. */
    public record Place(String file, int line, int column) {
        /** An error at this place; {@code problem} continues the sentence and has no full stop. */
        public RefusedException refuse(String problem) {
            return new RefusedException(file + ":" + line + ":" + column + ": " + problem + ".");
        }
    }

    /** Any YAML value. */
    public sealed interface Value {
        Place place();

        default Mapping mapping(String what) {
            throw place().refuse(what + " must be a mapping of keys to values");
        }

        default List<Value> items(String what) {
            throw place().refuse(what + " must be a list");
        }

        default String text(String what) {
            throw place().refuse(what + " must be one value, not a list or mapping");
        }
    }

    /** One value, as text. */
    public record Scalar(Place place, String value) implements Value {
        @Override
        public String text(String what) {
            return value;
        }
    }

    /** A list. */
    public record Sequence(Place place, List<Value> values) implements Value {
        public Sequence {
            values = List.copyOf(values);
        }

        @Override
        public List<Value> items(String what) {
            return values;
        }
    }

    /** Keys to values, in the order of the file. */
    public record Mapping(Place place, Map<String, Value> entries, Map<String, Place> keys)
            implements Value {
        @Override
        public Mapping mapping(String what) {
            return this;
        }

        /** Refuses every key but these. */
        public Mapping allow(String... allowed) {
            Set<String> known = Set.of(allowed);
            keys.forEach(
                    (key, place) -> {
                        if (!known.contains(key)) {
                            throw place.refuse(
                                    "unknown key '"
                                            + key
                                            + "'; known are "
                                            + String.join(", ", allowed));
                        }
                    });
            return this;
        }

        public boolean has(String key) {
            return entries.containsKey(key);
        }

        /** The value of a key that must be there. */
        public Value get(String key) {
            Value value = entries.get(key);
            if (value == null) {
                throw place.refuse("key '" + key + "' is missing");
            }
            return value;
        }

        /** The text of a key that must be there. */
        public String required(String key) {
            return get(key).text("'" + key + "'");
        }

        /** The text of a key, or a default where it is absent. */
        public String text(String key, String absent) {
            return has(key) ? get(key).text("'" + key + "'") : absent;
        }

        /** The items of a key; none where it is absent. */
        public List<Value> list(String key) {
            return has(key) ? get(key).items("'" + key + "'") : List.of();
        }

        /** A list of texts; a single text is a list of one, an absent key is none. */
        public List<String> texts(String key) {
            if (has(key) && get(key) instanceof Scalar scalar) {
                return List.of(scalar.value());
            }
            return list(key).stream().map(item -> item.text("an item of '" + key + "'")).toList();
        }
    }
}
