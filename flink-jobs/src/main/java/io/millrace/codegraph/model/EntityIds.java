package io.millrace.codegraph.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the ids of one file: each from the file, the scope around the entity, its text and an
 * ordinal among equal ones, never from positions. So code that stays the same keeps its ids when
 * what stands around it moves or changes. Ask in the order of the text; not for use by two threads.
 */
public final class EntityIds {
    private final String fileId;
    private final Map<List<String>, Integer> ordinals = new HashMap<>();

    private EntityIds(String fileId) {
        this.fileId = fileId;
    }

    public static EntityIds ofFile(String repository, String path) {
        requireNonNull(repository, "repository is null");
        requireNonNull(path, "path is null");
        return new EntityIds(fileId(repository, path));
    }

    public static String fileId(String repository, String path) {
        return StableHash.idOfParts("file", repository, path);
    }

    public String fileId() {
        return fileId;
    }

    /**
     * Id of a definition.
     *
     * @param scopeId the definition around it; empty at the top of the file
     * @param text tells it from its neighbours: the name, for methods with the parameter types
     */
    public String definition(String scopeId, String kind, String text) {
        return next("def", scopeId, kind, text);
    }

    /** Id of a call; it does not depend on the text of the arguments. */
    public String call(String scopeId, String shape, String calleeText, int argumentCount) {
        return next("call", scopeId, shape, calleeText, Integer.toString(argumentCount));
    }

    /** Id of an imported name. */
    public String imported(String text) {
        return next("import", "", text);
    }

    private String next(String prefix, String scopeId, String... text) {
        List<String> parts = new ArrayList<>();
        parts.add(scopeId.isEmpty() ? fileId : scopeId);
        parts.addAll(List.of(text));
        List<String> entity = new ArrayList<>(parts);
        entity.add(prefix);
        parts.add(Integer.toString(ordinals.merge(entity, 1, Integer::sum) - 1));
        return StableHash.idOfParts(prefix, parts.toArray(String[]::new));
    }
}
