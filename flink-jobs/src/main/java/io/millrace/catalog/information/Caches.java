package io.millrace.catalog.information;

import static io.millrace.catalog.information.InformationTable.row;

import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;

/** What the session keeps of what it has read. */
final class Caches implements InformationTable {

    @Override
    public String name() {
        return "caches";
    }

    @Override
    public String comment() {
        return "Caches of the session and how they are used.";
    }

    @Override
    public List<Field> columns() {
        return List.of(
                DataTypes.FIELD("cache_name", NAME),
                DataTypes.FIELD("entries", NUMBER.notNull()),
                DataTypes.FIELD("entry_limit", NUMBER.notNull()),
                DataTypes.FIELD("size_in_bytes", NUMBER),
                DataTypes.FIELD("hits", NUMBER.notNull()),
                DataTypes.FIELD("misses", NUMBER.notNull()),
                DataTypes.FIELD("evictions", NUMBER.notNull()));
    }

    @Override
    public List<Object[]> rows(InformationFacts facts) {
        return facts.caches().stream()
                .map(
                        cache ->
                                row(
                                        cache.name(),
                                        cache.entries(),
                                        cache.limit(),
                                        cache.bytes().isPresent()
                                                ? cache.bytes().getAsLong()
                                                : null,
                                        cache.hits(),
                                        cache.misses(),
                                        cache.evictions()))
                .toList();
    }
}
