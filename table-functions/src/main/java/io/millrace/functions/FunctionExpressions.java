package io.millrace.functions;

import static org.apache.flink.table.api.Expressions.call;
import static org.apache.flink.table.api.Expressions.nullOf;

import org.apache.flink.table.api.ApiExpression;
import org.apache.flink.table.api.DataTypes;

/**
 * The functions for those who write the Table API in Java: each argument is an expression or a
 * value. Written from the registry by {@code FunctionReferenceTest}, as are the names and the
 * optional arguments; what a function does stands in FUNCTIONS.md.
 */
public final class FunctionExpressions {

    private FunctionExpressions() {}

    /** {@code any_value_det(value, order_key)}. */
    public static ApiExpression anyValueDet(Object value, Object orderKey) {
        return call("any_value_det", value, orderKey);
    }

    /** {@code arg_max(value, order_key)}. */
    public static ApiExpression argMax(Object value, Object orderKey) {
        return call("arg_max", value, orderKey);
    }

    /** {@code arg_min(value, order_key)}. */
    public static ApiExpression argMin(Object value, Object orderKey) {
        return call("arg_min", value, orderKey);
    }

    /** {@code canonicalize_byte_span(sline_byte, sline, scol, eline_byte, eline, ecol, unit)}. */
    public static ApiExpression canonicalizeByteSpan(
            Object slineByte,
            Object sline,
            Object scol,
            Object elineByte,
            Object eline,
            Object ecol,
            Object unit) {
        return call("canonicalize_byte_span", slineByte, sline, scol, elineByte, eline, ecol, unit);
    }

    /** {@code cdf_change_rank(change_type)}. */
    public static ApiExpression cdfChangeRank(Object changeType) {
        return call("cdf_change_rank", changeType);
    }

    /** {@code cdf_is_delete(change_type)}. */
    public static ApiExpression cdfIsDelete(Object changeType) {
        return call("cdf_is_delete", changeType);
    }

    /** {@code cdf_is_upsert(change_type)}. */
    public static ApiExpression cdfIsUpsert(Object changeType) {
        return call("cdf_is_upsert", changeType);
    }

    /** {@code col_to_byte(line, col, unit)}. */
    public static ApiExpression colToByte(Object line, Object col, Object unit) {
        return call("col_to_byte", line, col, unit);
    }

    /** {@code collect_set(x)}. */
    public static ApiExpression collectSet(Object x) {
        return call("collect_set", x);
    }

    /** {@code count_if(condition)}. */
    public static ApiExpression countIf(Object condition) {
        return call("count_if", condition);
    }

    /** {@code interval_align_score(ls, le, rs, re)}. */
    public static ApiExpression intervalAlignScore(Object ls, Object le, Object rs, Object re) {
        return call("interval_align_score", ls, le, rs, re);
    }

    /** {@code list_compact(a)}. */
    public static ApiExpression listCompact(Object a) {
        return call("list_compact", a);
    }

    /** {@code list_unique_sorted(a)}. */
    public static ApiExpression listUniqueSorted(Object a) {
        return call("list_unique_sorted", a);
    }

    /** {@code map_get_default(m, key, otherwise)}. */
    public static ApiExpression mapGetDefault(Object m, Object key, Object otherwise) {
        return call("map_get_default", m, key, otherwise);
    }

    /** {@code map_normalize(m)}. */
    public static ApiExpression mapNormalize(Object m) {
        return call("map_normalize", m, nullOf(DataTypes.STRING()), nullOf(DataTypes.BOOLEAN()));
    }

    /** {@code map_normalize(m, key_case)}. */
    public static ApiExpression mapNormalize(Object m, Object keyCase) {
        return call("map_normalize", m, keyCase, nullOf(DataTypes.BOOLEAN()));
    }

    /** {@code map_normalize(m, key_case, sort)}. */
    public static ApiExpression mapNormalize(Object m, Object keyCase, Object sort) {
        return call("map_normalize", m, keyCase, sort);
    }

    /** {@code position_encoding_norm(s)}. */
    public static ApiExpression positionEncodingNorm(Object s) {
        return call("position_encoding_norm", s);
    }

    /** {@code prefixed_hash64(prefix, s)}. */
    public static ApiExpression prefixedHash64(Object prefix, Object s) {
        return call("prefixed_hash64", prefix, s);
    }

    /** {@code prefixed_hash_parts64(prefix, part)}. */
    public static ApiExpression prefixedHashParts64(Object prefix, Object... part) {
        return varargs("prefixed_hash_parts64", prefix, part);
    }

    /** {@code qname_normalize(symbol)}. */
    public static ApiExpression qnameNormalize(Object symbol) {
        return call(
                "qname_normalize", symbol, nullOf(DataTypes.STRING()), nullOf(DataTypes.STRING()));
    }

    /** {@code qname_normalize(symbol, module)}. */
    public static ApiExpression qnameNormalize(Object symbol, Object module) {
        return call("qname_normalize", symbol, module, nullOf(DataTypes.STRING()));
    }

    /** {@code qname_normalize(symbol, module, lang)}. */
    public static ApiExpression qnameNormalize(Object symbol, Object module, Object lang) {
        return call("qname_normalize", symbol, module, lang);
    }

    /** {@code span_contains(a, b)}. */
    public static ApiExpression spanContains(Object a, Object b) {
        return call("span_contains", a, b);
    }

    /** {@code span_id(prefix, path, bstart, bend)}. */
    public static ApiExpression spanId(Object prefix, Object path, Object bstart, Object bend) {
        return call("span_id", prefix, path, bstart, bend);
    }

    /** {@code span_id(prefix, path, bstart, bend, kind)}. */
    public static ApiExpression spanId(
            Object prefix, Object path, Object bstart, Object bend, Object kind) {
        return call("span_id", prefix, path, bstart, bend, kind);
    }

    /** {@code span_len(span)}. */
    public static ApiExpression spanLen(Object span) {
        return call("span_len", span);
    }

    /** {@code span_make(bstart, bend)}. */
    public static ApiExpression spanMake(Object bstart, Object bend) {
        return call(
                "span_make",
                bstart,
                bend,
                nullOf(DataTypes.INT()),
                nullOf(DataTypes.STRING()),
                nullOf(DataTypes.BOOLEAN()));
    }

    /** {@code span_make(bstart, bend, line_base)}. */
    public static ApiExpression spanMake(Object bstart, Object bend, Object lineBase) {
        return call(
                "span_make",
                bstart,
                bend,
                lineBase,
                nullOf(DataTypes.STRING()),
                nullOf(DataTypes.BOOLEAN()));
    }

    /** {@code span_make(bstart, bend, line_base, col_unit)}. */
    public static ApiExpression spanMake(
            Object bstart, Object bend, Object lineBase, Object colUnit) {
        return call("span_make", bstart, bend, lineBase, colUnit, nullOf(DataTypes.BOOLEAN()));
    }

    /** {@code span_make(bstart, bend, line_base, col_unit, end_exclusive)}. */
    public static ApiExpression spanMake(
            Object bstart, Object bend, Object lineBase, Object colUnit, Object endExclusive) {
        return call("span_make", bstart, bend, lineBase, colUnit, endExclusive);
    }

    /** {@code span_overlaps(a, b)}. */
    public static ApiExpression spanOverlaps(Object a, Object b) {
        return call("span_overlaps", a, b);
    }

    /** {@code stable_hash128(s)}. */
    public static ApiExpression stableHash128(Object s) {
        return call("stable_hash128", s);
    }

    /** {@code stable_hash64(s)}. */
    public static ApiExpression stableHash64(Object s) {
        return call("stable_hash64", s);
    }

    /** {@code stable_hash_any(v)}. */
    public static ApiExpression stableHashAny(Object v) {
        return call("stable_hash_any", v);
    }

    /** {@code stable_hash_any(v, canonical)}. */
    public static ApiExpression stableHashAny(Object v, Object canonical) {
        return call("stable_hash_any", v, canonical);
    }

    /** {@code stable_hash_any(v, canonical, sentinel)}. */
    public static ApiExpression stableHashAny(Object v, Object canonical, Object sentinel) {
        return call("stable_hash_any", v, canonical, sentinel);
    }

    /** {@code stable_id(prefix, s)}. */
    public static ApiExpression stableId(Object prefix, Object s) {
        return call("stable_id", prefix, s);
    }

    /** {@code stable_id_parts(prefix, part)}. */
    public static ApiExpression stableIdParts(Object prefix, Object... part) {
        return varargs("stable_id_parts", prefix, part);
    }

    /** {@code string_agg_det(s, sep)}. */
    public static ApiExpression stringAggDet(Object s, Object sep) {
        return call("string_agg_det", s, sep);
    }

    /** {@code struct_pick(r, field)}. */
    public static ApiExpression structPick(Object r, Object... field) {
        return varargs("struct_pick", r, field);
    }

    /** {@code utf8_normalize(s)}. */
    public static ApiExpression utf8Normalize(Object s) {
        return call(
                "utf8_normalize",
                s,
                nullOf(DataTypes.STRING()),
                nullOf(DataTypes.BOOLEAN()),
                nullOf(DataTypes.BOOLEAN()));
    }

    /** {@code utf8_normalize(s, form)}. */
    public static ApiExpression utf8Normalize(Object s, Object form) {
        return call(
                "utf8_normalize",
                s,
                form,
                nullOf(DataTypes.BOOLEAN()),
                nullOf(DataTypes.BOOLEAN()));
    }

    /** {@code utf8_normalize(s, form, lower)}. */
    public static ApiExpression utf8Normalize(Object s, Object form, Object lower) {
        return call("utf8_normalize", s, form, lower, nullOf(DataTypes.BOOLEAN()));
    }

    /** {@code utf8_normalize(s, form, lower, ws)}. */
    public static ApiExpression utf8Normalize(Object s, Object form, Object lower, Object ws) {
        return call("utf8_normalize", s, form, lower, ws);
    }

    /** {@code utf8_null_if_blank(s)}. */
    public static ApiExpression utf8NullIfBlank(Object s) {
        return call("utf8_null_if_blank", s);
    }

    private static ApiExpression varargs(String name, Object first, Object[] more) {
        Object[] all = new Object[more.length + 1];
        all[0] = first;
        System.arraycopy(more, 0, all, 1, more.length);
        return call(name, all);
    }
}
