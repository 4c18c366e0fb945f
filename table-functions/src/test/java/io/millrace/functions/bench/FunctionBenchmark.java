package io.millrace.functions.bench;

import io.millrace.functions.FunctionEntry;
import io.millrace.functions.FunctionKind;
import io.millrace.functions.FunctionRegistry;
import io.millrace.functions.MillraceModule;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/**
 * Prints what a call of each function costs against the nearest function of Flink, or against
 * BLAKE2b alone, and their ratio: CPU nanoseconds and allocated bytes of a call less those of a
 * plain column. Then the aggregates, by {@link AggregateBenchmark}. {@code tests/bench-functions}
 * runs it.
 */
public final class FunctionBenchmark {

    private static final String HASH_8 = "blake2b 8";
    private static final String HASH_16 = "blake2b 16";

    /** What is cheaper than this is not told apart from a column. */
    private static final double NOISE = 5;

    /** A call of ours and what it is measured against. */
    private record Pair(String ours, String against) {}

    private static final List<Pair> PAIRS =
            List.of(
                    new Pair("stable_hash64(s)", HASH_8),
                    new Pair("stable_hash128(s)", HASH_16),
                    new Pair("prefixed_hash64('p', s)", HASH_8),
                    new Pair("stable_id('p', s)", HASH_16),
                    new Pair("stable_id_parts('p', s, i, j)", HASH_16),
                    new Pair("prefixed_hash_parts64('p', s, i, j)", HASH_8),
                    new Pair("stable_hash_any(s)", HASH_16),
                    new Pair("stable_hash_any(i)", HASH_16),
                    new Pair("span_id('p', s, i, j)", HASH_16),
                    new Pair("utf8_normalize(s)", "LOWER(TRIM(s))"),
                    new Pair("utf8_normalize(u)", "LOWER(TRIM(u))"),
                    new Pair("utf8_null_if_blank(s)", "NULLIF(TRIM(s), '')"),
                    new Pair(
                            "qname_normalize(s, t)", "CONCAT(LOWER(TRIM(s)), '.', LOWER(TRIM(t)))"),
                    new Pair("qname_normalize(u, t, 'java')", "CONCAT(TRIM(u), '.', TRIM(t))"),
                    new Pair("map_get_default(m, s, t)", "COALESCE(m[s], t)"),
                    new Pair(
                            "map_normalize(m)",
                            "MAP_FROM_ARRAYS(ARRAY_SORT(MAP_KEYS(m)), MAP_VALUES(m))"),
                    new Pair("list_compact(a)", "ARRAY_REMOVE(a, s)"),
                    new Pair("list_unique_sorted(a)", "ARRAY_SORT(ARRAY_DISTINCT(a))"),
                    new Pair("struct_pick(r, 'bend', 'bstart')", "ROW(r.bend, r.bstart)"),
                    new Pair(
                            "cdf_change_rank(c)",
                            "CASE LOWER(TRIM(c)) WHEN 'insert' THEN 2 WHEN 'delete' THEN 1 ELSE 0 END"),
                    new Pair("cdf_is_delete(c)", "LOWER(TRIM(c)) = 'delete'"),
                    new Pair(
                            "cdf_is_upsert(c)", "LOWER(TRIM(c)) IN ('insert', 'update_postimage')"),
                    new Pair("position_encoding_norm(c)", "UPPER(REPLACE(TRIM(c), '-', ''))"),
                    new Pair("col_to_byte(s, MOD(i, 30), 'UTF16')", "CHAR_LENGTH(s) + MOD(i, 30)"),
                    new Pair(
                            "canonicalize_byte_span(i, s, 3, j, t, 5, 'UTF16')",
                            "ROW(i + CHAR_LENGTH(s), j + CHAR_LENGTH(t))"),
                    new Pair("span_make(i, j)", "ROW(i, j, 0, 'byte', TRUE)"),
                    new Pair("span_make(n, o)", "ROW(n, o, 0, 'byte', TRUE)"),
                    new Pair("span_len(r)", "r.bend - r.bstart"),
                    new Pair("span_overlaps(r, q)", "r.bstart < q.bend AND q.bstart < r.bend"),
                    new Pair("span_contains(r, q)", "r.bstart <= q.bstart AND q.bend <= r.bend"),
                    new Pair("interval_align_score(i, j, j, i)", "CAST(j - i AS DOUBLE)"),
                    new Pair("interval_align_score(n, o, o, n)", "CAST(o - n AS DOUBLE)"),
                    new Pair("stable_id_parts('p', s, n, o)", HASH_16));

    private FunctionBenchmark() {}

    /** Only the functions whose call holds one of the arguments; without arguments all. */
    public static void main(String[] args) throws Exception {
        Set<String> wanted = Set.of(args);
        checkComplete();
        TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        env.getConfig().set("parallelism.default", "1");
        env.loadModule(MillraceModule.NAME, new MillraceModule());
        env.createTemporarySystemFunction("kept", Kept.class);
        env.createTemporarySystemFunction("measured", Measured.class);
        Cost column = measure(env, "s");
        System.out.printf(Locale.ROOT, "a column: %.1f ns%n", column.nanos());
        RawBlake2b.print();
        for (Pair pair : PAIRS) {
            if (!wanted.isEmpty() && wanted.stream().noneMatch(pair.ours()::contains)) {
                continue;
            }
            Cost ours = measure(env, pair.ours()).less(column);
            Cost theirs =
                    pair.against().startsWith("blake2b")
                            ? RawBlake2b.own(pair.against().equals(HASH_8) ? 8 : 16)
                            : measure(env, pair.against()).less(column);
            System.out.printf(
                    Locale.ROOT,
                    "%-50s %8.1f ns %6.0f B, %8.1f ns %6.0f B %s: %.2f%n",
                    pair.ours(),
                    ours.nanos(),
                    ours.bytes(),
                    theirs.nanos(),
                    theirs.bytes(),
                    pair.against(),
                    ours.nanos() / Math.max(theirs.nanos(), NOISE));
        }
        AggregateBenchmark.run(wanted);
    }

    private static void checkComplete() {
        String measured =
                PAIRS.stream().map(Pair::ours).collect(Collectors.joining())
                        + AggregateBenchmark.CALLS;
        for (FunctionEntry entry : FunctionRegistry.standard().entries()) {
            if (!measured.contains(entry.name() + "(")) {
                throw new IllegalStateException(
                        (entry.description().kind() == FunctionKind.SCALAR ? "" : "aggregate ")
                                + entry.name()
                                + " is not measured");
            }
        }
    }

    private static Cost measure(TableEnvironment env, String expression) throws Exception {
        String quoted = expression.replace("'", "''");
        try (CloseableIterator<Row> rows =
                env.executeSql("SELECT measured('" + quoted + "')").collect()) {
            Row row = (Row) rows.next().getField(0);
            return new Cost((Double) row.getField(0), (Double) row.getField(1));
        }
    }
}
