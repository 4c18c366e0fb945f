package io.millrace.functions.bench;

import io.millrace.functions.MillraceModule;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * Prints what a call of each scalar function costs against the nearest function of Flink, or
 * against BLAKE2b alone: CPU nanoseconds of a call less those of an expression that does nothing,
 * and their ratio. {@code tests/bench-functions} runs it.
 */
public final class FunctionBenchmark {

    private static final String HASH_8 = "blake2b 8";
    private static final String HASH_16 = "blake2b 16";

    /** A call of ours and what it is measured against. */
    private record Pair(String ours, String against) {}

    private static final List<Pair> PAIRS =
            List.of(
                    new Pair("stable_hash64(s)", HASH_8),
                    new Pair("stable_hash128(s)", HASH_16),
                    new Pair("prefixed_hash64(''p'', s)", HASH_8),
                    new Pair("stable_id(''p'', s)", HASH_16),
                    new Pair("stable_id_parts(''p'', s, i, j)", HASH_16),
                    new Pair("prefixed_hash_parts64(''p'', s, i, j)", HASH_8),
                    new Pair("stable_hash_any(s)", HASH_16),
                    new Pair("span_id(''p'', s, i, j)", HASH_16),
                    new Pair("utf8_normalize(s)", "LOWER(TRIM(s))"),
                    new Pair("utf8_null_if_blank(s)", "NULLIF(TRIM(s), '''')"),
                    new Pair(
                            "qname_normalize(s, t)",
                            "CONCAT(LOWER(TRIM(s)), ''.'', LOWER(TRIM(t)))"),
                    new Pair("map_get_default(m, s, t)", "COALESCE(m[s], t)"),
                    new Pair(
                            "map_normalize(m)",
                            "MAP_FROM_ARRAYS(ARRAY_SORT(MAP_KEYS(m)), MAP_VALUES(m))"),
                    new Pair("list_compact(a)", "ARRAY_REMOVE(a, s)"),
                    new Pair("list_unique_sorted(a)", "ARRAY_SORT(ARRAY_DISTINCT(a))"),
                    new Pair("struct_pick(ROW(s, i), ''EXPR$1'')", "ROW(i)"),
                    new Pair(
                            "cdf_change_rank(s)",
                            "CASE LOWER(TRIM(s)) WHEN ''insert'' THEN 2 WHEN ''delete'' THEN 1 ELSE 0 END"),
                    new Pair("cdf_is_delete(s)", "LOWER(TRIM(s)) = ''delete''"),
                    new Pair("position_encoding_norm(s)", "UPPER(REPLACE(TRIM(s), ''-'', ''''))"),
                    new Pair(
                            "col_to_byte(s, MOD(i, 30), ''UTF16'')", "CHAR_LENGTH(s) + MOD(i, 30)"),
                    new Pair("span_len(span_make(i, j))", "ROW(i, j, 0, ''byte'', TRUE)"),
                    new Pair(
                            "span_overlaps(span_make(i, j), span_make(j, i))",
                            "ROW(i, j, 0, ''byte'', TRUE) = ROW(j, i, 0, ''byte'', TRUE)"),
                    new Pair("interval_align_score(i, j, i, j)", "CAST(i - j AS DOUBLE) + i - j"));

    private FunctionBenchmark() {}

    public static void main(String[] args) throws Exception {
        TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        env.getConfig().set("parallelism.default", "1");
        env.loadModule(MillraceModule.NAME, new MillraceModule());
        env.createTemporarySystemFunction("measured", Measured.class);
        double nothing = measure(env, "s");
        System.out.printf(Locale.ROOT, "%-50s %8.1f ns%n", "nothing", nothing);
        for (Pair pair : PAIRS) {
            if (args.length > 0 && !pair.ours().contains(args[0])) {
                continue;
            }
            try {
                double ours = measure(env, pair.ours()) - nothing;
                double theirs =
                        pair.against().startsWith("blake2b")
                                ? blake(pair.against().equals(HASH_8) ? 64 : 128)
                                : measure(env, pair.against()) - nothing;
                System.out.printf(
                        Locale.ROOT,
                        "%-50s %8.1f ns, %8.1f ns %s: %.2f%n",
                        pair.ours(),
                        ours,
                        theirs,
                        pair.against(),
                        ours / Math.max(theirs, 0.1));
            } catch (Exception e) {
                Throwable root = e;
                while (root.getCause() != null) {
                    root = root.getCause();
                }
                System.out.println(pair + ": " + root.getMessage());
            }
        }
    }

    private static double measure(TableEnvironment env, String expression) throws Exception {
        try (CloseableIterator<Row> rows =
                env.executeSql("SELECT measured('" + expression + "')").collect()) {
            return (Double) rows.next().getField(0);
        }
    }

    private static double blake(int bits) {
        byte[] text =
                "src/main/abcdefghijklmnopqrstuvwxyzabcde".getBytes(StandardCharsets.US_ASCII);
        byte[] out = new byte[bits / Byte.SIZE];
        Blake2bDigest digest = new Blake2bDigest(bits);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 8; round++) {
            long before = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < 300_000; i++) {
                digest.update(text, 0, text.length);
                digest.doFinal(out, 0);
                text[i % text.length] = (byte) (text[i % text.length] ^ (out[0] & 1));
            }
            best = Math.min(best, (threads.getCurrentThreadCpuTime() - before) / 300_000.0);
        }
        return best;
    }
}
