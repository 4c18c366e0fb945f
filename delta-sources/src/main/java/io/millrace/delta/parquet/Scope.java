package io.millrace.delta.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * A field of a file's schema and where it stands. Knows the layouts of lists and maps, the standard
 * ones and those of old writers (Parquet format, "Nested Types").
 *
 * @param name of the column or field, for errors
 * @param path names in the file down to {@code stored}
 * @param isElement whether {@code stored} is a repeated field, and this one element of it
 */
record Scope(String name, List<String> path, Type stored, Place place, boolean isElement) {

    Scope {
        path = List.copyOf(path);
    }

    /** Key and value of a map. */
    record Entry(Scope key, Optional<Scope> value) {}

    static Scope of(MessageType schema) {
        return new Scope("", List.of(), schema, Place.ROOT, false);
    }

    /** Whether this is a list without a group around it. */
    boolean isBareList() {
        return stored.isRepetition(Repetition.REPEATED) && !isElement;
    }

    /** A field of this struct. */
    Scope field(String fieldName, Type field) {
        String fullName = name.isEmpty() ? fieldName : name + "." + fieldName;
        return child(fullName, field, place);
    }

    private Scope child(String fullName, Type child, Place parent) {
        List<String> childPath = new ArrayList<>(path);
        childPath.add(child.getName());
        Place childPlace = child.isRepetition(Repetition.OPTIONAL) ? parent.optional() : parent;
        return new Scope(fullName, childPath, child, childPlace, false);
    }

    /**
     * The elements of this list; empty if this is none.
     *
     * @param ofStructs whether the table says that the elements are structs
     */
    Optional<Scope> listElement(boolean ofStructs) {
        String elementName = name + ".element";
        if (isBareList()) {
            return Optional.of(new Scope(elementName, path, stored, place.repeated(), true));
        }
        Optional<Type> repeated = onlyRepeated();
        if (repeated.isEmpty()) {
            return Optional.empty();
        }
        Scope item = item(elementName, repeated.get());
        if (isElement(repeated.get(), ofStructs)) {
            return Optional.of(item);
        }
        return Optional.of(item.inside(repeated.get().asGroupType().getType(0)));
    }

    private boolean isElement(Type repeated, boolean ofStructs) {
        if (repeated.isPrimitive() || repeated.asGroupType().getFieldCount() != 1) {
            return true;
        }
        return ofStructs
                && (repeated.asGroupType().getType(0).isRepetition(Repetition.REPEATED)
                        || repeated.getName().equals("array")
                        || repeated.getName().equals(stored.getName() + "_tuple"));
    }

    /** Key and value of this map; empty if this is none. */
    Optional<Entry> mapEntry() {
        Optional<Type> repeated = onlyRepeated().filter(type -> !type.isPrimitive());
        if (repeated.isEmpty()) {
            return Optional.empty();
        }
        GroupType entry = repeated.get().asGroupType();
        Scope item = item(name, entry);
        Type key = entry.containsField("key") ? entry.getType("key") : entry.getType(0);
        Optional<Type> value =
                entry.getFields().stream()
                        .filter(field -> !field.getName().equals(key.getName()))
                        .findFirst();
        return Optional.of(
                new Entry(
                        item.child(name + ".key", key, item.place),
                        value.map(v -> item.child(name + ".value", v, item.place))));
    }

    private Optional<Type> onlyRepeated() {
        if (stored.isPrimitive() || isBareList()) {
            return Optional.empty();
        }
        GroupType group = stored.asGroupType();
        return group.getFieldCount() == 1 && group.getType(0).isRepetition(Repetition.REPEATED)
                ? Optional.of(group.getType(0))
                : Optional.empty();
    }

    private Scope item(String itemName, Type repeated) {
        List<String> itemPath = new ArrayList<>(path);
        itemPath.add(repeated.getName());
        return new Scope(itemName, itemPath, repeated, place.repeated(), true);
    }

    private Scope inside(Type child) {
        return child(name, child, place);
    }

    /** A leaf of this field, not a repeated one if there is a choice. */
    Scope firstLeaf() {
        if (stored.isPrimitive()) {
            return this;
        }
        List<Type> fields = stored.asGroupType().getFields();
        Type simplest =
                fields.stream()
                        .filter(Type::isPrimitive)
                        .filter(field -> !field.isRepetition(Repetition.REPEATED))
                        .findFirst()
                        .orElse(fields.get(0));
        return simplest.isRepetition(Repetition.REPEATED)
                ? item(name, simplest).firstLeaf()
                : inside(simplest).firstLeaf();
    }
}
