package io.millrace.functions;

import io.millrace.functions.aggregate.AnyValueDet;
import io.millrace.functions.aggregate.ArgMax;
import io.millrace.functions.aggregate.ArgMin;
import io.millrace.functions.aggregate.CollectSet;
import io.millrace.functions.aggregate.CountIf;
import io.millrace.functions.aggregate.StringAggDet;
import io.millrace.functions.hash.PrefixedHash64;
import io.millrace.functions.hash.PrefixedHashParts64;
import io.millrace.functions.hash.SpanId;
import io.millrace.functions.hash.StableHash128;
import io.millrace.functions.hash.StableHash64;
import io.millrace.functions.hash.StableHashAny;
import io.millrace.functions.hash.StableId;
import io.millrace.functions.hash.StableIdParts;
import io.millrace.functions.scalar.CanonicalizeByteSpan;
import io.millrace.functions.scalar.CdfChangeRank;
import io.millrace.functions.scalar.CdfIsDelete;
import io.millrace.functions.scalar.CdfIsUpsert;
import io.millrace.functions.scalar.ColToByte;
import io.millrace.functions.scalar.IntervalAlignScore;
import io.millrace.functions.scalar.ListCompact;
import io.millrace.functions.scalar.ListUniqueSorted;
import io.millrace.functions.scalar.MapGetDefault;
import io.millrace.functions.scalar.MapNormalize;
import io.millrace.functions.scalar.PositionEncodingNorm;
import io.millrace.functions.scalar.QnameNormalize;
import io.millrace.functions.scalar.SpanContains;
import io.millrace.functions.scalar.SpanLen;
import io.millrace.functions.scalar.SpanMake;
import io.millrace.functions.scalar.SpanOverlaps;
import io.millrace.functions.scalar.StructPick;
import io.millrace.functions.scalar.Utf8Normalize;
import io.millrace.functions.scalar.Utf8NullIfBlank;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.CoreModule;

/** All functions by name, with what plans must know of them. Immutable. */
public final class FunctionRegistry {

    /** The tags there are. */
    public static final Set<String> TAGS =
            Set.of(
                    "id",
                    "hash",
                    "span",
                    "position_encoding",
                    "string_norm",
                    "symbol",
                    "nested",
                    "map",
                    "list",
                    "struct",
                    "aggregate",
                    "deterministic",
                    "incremental",
                    "cdf",
                    "delta");

    private final SortedMap<String, FunctionEntry> entries;

    private FunctionRegistry(Collection<FunctionEntry> functions) {
        SortedMap<String, FunctionEntry> byName = new TreeMap<>();
        for (FunctionEntry function : functions) {
            if (byName.put(function.name(), function) != null) {
                throw new IllegalArgumentException("two functions named " + function.name());
            }
            if (CoreModule.INSTANCE.getFunctionDefinition(function.name()).isPresent()) {
                throw new IllegalArgumentException(
                        "Flink has a function named " + function.name() + " already");
            }
        }
        this.entries = Collections.unmodifiableSortedMap(byName);
    }

    /**
     * These functions and more.
     *
     * @throws IllegalArgumentException if a name is taken, by one of them or by Flink
     */
    public FunctionRegistry with(Collection<FunctionEntry> more) {
        List<FunctionEntry> all = new ArrayList<>(entries.values());
        all.addAll(more);
        return new FunctionRegistry(all);
    }

    /** The functions that come with Millrace. */
    public static FunctionRegistry standard() {
        return of(
                List.of(
                        new AnyValueDet(),
                        new ArgMax(),
                        new ArgMin(),
                        new CanonicalizeByteSpan(),
                        new CdfChangeRank(),
                        new CdfIsDelete(),
                        new CdfIsUpsert(),
                        new ColToByte(),
                        new CollectSet(),
                        new CountIf(),
                        new IntervalAlignScore(),
                        new ListCompact(),
                        new ListUniqueSorted(),
                        new MapGetDefault(),
                        new MapNormalize(),
                        new PositionEncodingNorm(),
                        new PrefixedHash64(),
                        new PrefixedHashParts64(),
                        new QnameNormalize(),
                        new SpanContains(),
                        new SpanId(),
                        new SpanLen(),
                        new SpanMake(),
                        new SpanOverlaps(),
                        new StableHash128(),
                        new StableHash64(),
                        new StableHashAny(),
                        new StableId(),
                        new StableIdParts(),
                        new StringAggDet(),
                        new StructPick(),
                        new Utf8Normalize(),
                        new Utf8NullIfBlank()));
    }

    static FunctionRegistry of(List<FunctionDefinition> definitions) {
        return new FunctionRegistry(definitions.stream().map(FunctionEntry::of).toList());
    }

    public Set<String> names() {
        return entries.keySet();
    }

    /** In order of their names. */
    public List<FunctionEntry> entries() {
        return List.copyOf(entries.values());
    }

    public Optional<FunctionEntry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** What decides results: changes when, and only when, one of a function may have changed. */
    public FunctionSnapshot snapshot() {
        return FunctionSnapshot.of(entries.values());
    }

    /** The same for the functions that a plan requires; names that are not ours are left out. */
    public FunctionSnapshot snapshot(Set<String> required) {
        return FunctionSnapshot.of(
                entries.values().stream().filter(e -> required.contains(e.name())).toList());
    }
}
