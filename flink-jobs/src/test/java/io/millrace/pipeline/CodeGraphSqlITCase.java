package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.table.api.Schema;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code graph on rows in memory: by hand, and on random changes against batch. */
class CodeGraphSqlITCase {

    private static final String TEXT = "STRING";

    private final Map<String, Map<String, Row>> live = new TreeMap<>();
    private final Map<String, List<Row>> changes = new TreeMap<>();

    CodeGraphSqlITCase() {
        for (String table : List.of("source_files", "defs", "calls", "imports")) {
            live.put(table, new TreeMap<>());
            changes.put(table, new ArrayList<>());
        }
    }

    @Test
    void resolves_calls_imports_and_types() throws Exception {
        file("f1", "a.Foo");
        file("f2", "b.Bar");
        def("c1", "f1", null, "class", "Foo", List.of("Base", "b.Bar"), List.of("Deprecated"), "");
        def("m1", "f1", "c1", "method", "run", List.of(), List.of(), "run(int,String)");
        def("m2", "f1", "c1", "method", "run", List.of(), List.of(), "run()");
        def("p1", "f1", "m1", "param", "x", List.of(), List.of(), "");
        def("c2", "f2", null, "class", "Bar", List.of(), List.of(), "");
        def("m3", "f2", "c2", "method", "run", List.of(), List.of(), "run()");
        def("m4", "f2", "c2", "method", "far", List.of(), List.of(), "far(int[])");
        call("k1", "f1", "m1", "this.x().run", "attribute", 0);
        call("k2", "f1", "m1", "far", "name", 1);
        call("k3", "f1", null, "Bar", "new", 3);
        call("k4", "f1", "m1", "unknown", "name", 1);
        imported("i1", "f1", "b", "Bar");
        imported("i2", "f1", "b.Bar", "far");
        Map<String, Map<Row, Integer>> results = streamed(1);
        assertThat(byName(results.get("cpg_nodes"), 1, 4))
                .contains(
                        "FILE a/Foo",
                        "MODULE a.Foo",
                        "CLASS Bar",
                        "FUNCTION run",
                        "PARAM x",
                        "CALL run",
                        "CALL Bar",
                        "IMPORT far",
                        "QNAME Bar",
                        "QNAME far",
                        "TYPE Base",
                        "TYPE Bar",
                        "TYPE Deprecated");
        assertThat(edges(results))
                .containsExactlyInAnyOrder(
                        "CONTAINS MODULE a.Foo -> FILE a/Foo",
                        "CONTAINS MODULE b.Bar -> FILE b/Bar",
                        "CONTAINS FILE a/Foo -> IMPORT Bar",
                        "CONTAINS FILE a/Foo -> IMPORT far",
                        "CONTAINS FILE a/Foo -> CALL Bar",
                        "CONTAINS FUNCTION run -> CALL run",
                        "CONTAINS FUNCTION run -> CALL far",
                        "CONTAINS FUNCTION run -> CALL unknown",
                        "DEFINES FILE a/Foo -> CLASS Foo",
                        "DEFINES FILE b/Bar -> CLASS Bar",
                        "DEFINES CLASS Foo -> FUNCTION run",
                        "DEFINES CLASS Foo -> FUNCTION run",
                        "DEFINES FUNCTION run -> PARAM x",
                        "DEFINES CLASS Bar -> FUNCTION run",
                        "DEFINES CLASS Bar -> FUNCTION far",
                        "CALLS CALL run -> FUNCTION run 0.75/1",
                        "CALLS CALL far -> FUNCTION far 0.5/1",
                        "CALLS CALL Bar -> CLASS Bar 0.5/1",
                        "IMPORTS IMPORT Bar -> QNAME Bar",
                        "IMPORTS IMPORT far -> QNAME far",
                        "IMPORTS IMPORT Bar -> FILE b/Bar",
                        "IMPORTS IMPORT far -> FILE b/Bar",
                        "INHERITS CLASS Foo -> TYPE Base",
                        "INHERITS CLASS Foo -> CLASS Bar",
                        "DECORATED_BY CLASS Foo -> TYPE Deprecated");
    }

    @Test
    void one_stands_for_all_where_a_name_has_many_definitions() throws Exception {
        file("f1", "a.Foo");
        for (int i = 0; i < 6; i++) {
            def("m" + i, "g" + i, null, "method", "get", List.of(), List.of(), "get()");
        }
        for (int i = 0; i < 3; i++) {
            def("n" + i, "g" + i, null, "method", "few", List.of(), List.of(), "few()");
        }
        call("k1", "f1", null, "x.get", "attribute", 0);
        call("k2", "f1", null, "x.few", "attribute", 0);
        assertThat(edges(streamed(2)))
                .filteredOn(edge -> edge.startsWith("CALLS"))
                .containsExactlyInAnyOrder(
                        "CALLS CALL get -> FUNCTION get " + 0.5 / 6 + "/6",
                        "CALLS CALL few -> FUNCTION few " + 0.5 / 3 + "/3",
                        "CALLS CALL few -> FUNCTION few " + 0.5 / 3 + "/3",
                        "CALLS CALL few -> FUNCTION few " + 0.5 / 3 + "/3");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void changes_add_up_to_what_batch_gives_and_no_key_comes_twice(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            change(random);
        }
        Map<String, Map<Row, Integer>> results = streamed(1 + (int) seed);
        Map<String, PipelineOnRows.Source> rows = new TreeMap<>();
        live.forEach((table, now) -> rows.put(table, source(table, List.copyOf(now.values()))));
        assertThat(results).isEqualTo(PipelineOnRows.batch("code-graph", rows));
        assertThat(edges(results)).filteredOn(edge -> edge.startsWith("CALLS")).isNotEmpty();
        results.forEach(
                (name, result) -> {
                    Set<Object> keys = new HashSet<>();
                    result.forEach(
                            (row, count) -> {
                                assertThat(count).isEqualTo(1);
                                assertThat(keys.add(row.getField(0))).as(name + row).isTrue();
                            });
                });
    }

    private void change(Random random) {
        String file = "f" + random.nextInt(3);
        String id = String.valueOf(random.nextInt(14));
        String name = List.of("run", "get", "Foo", "Bar").get(random.nextInt(4));
        String owner = random.nextInt(3) == 0 ? null : String.valueOf(random.nextInt(14));
        switch (random.nextInt(6)) {
            case 0 -> file(file, "p.M" + random.nextInt(3));
            case 1, 2 -> {
                boolean type = random.nextBoolean();
                List<String> bases = List.of("Foo", "a.Foo", "b.Foo", "Base");
                def(
                        id,
                        file,
                        owner,
                        type ? "class" : "method",
                        name,
                        type ? bases.subList(0, random.nextInt(5)) : List.of(),
                        random.nextBoolean() ? List.of("Bar") : List.of(),
                        type ? "" : name + (random.nextBoolean() ? "()" : "(int)"));
            }
            case 3 ->
                    call(
                            id,
                            file,
                            owner,
                            "x." + name,
                            List.of("attribute", "new", "name").get(random.nextInt(3)),
                            random.nextInt(2));
            case 4 -> imported(id, file, "p", "M" + random.nextInt(4));
            default -> {
                String table = List.copyOf(live.keySet()).get(random.nextInt(4));
                List<String> keys = List.copyOf(live.get(table).keySet());
                if (!keys.isEmpty()) {
                    put(table, keys.get(random.nextInt(keys.size())), null);
                }
            }
        }
    }

    private void file(String id, String module) {
        put(
                "source_files",
                id,
                Row.of(id, "r", module.replace('.', '/'), module, "java", "", 1L, 1));
    }

    private void def(
            String id,
            String file,
            String parent,
            String kind,
            String name,
            List<String> bases,
            List<String> decorators,
            String signature) {
        put(
                "defs",
                id,
                Row.of(
                        id,
                        file,
                        parent,
                        kind,
                        name,
                        file + "." + name,
                        bases.toArray(String[]::new),
                        decorators.toArray(String[]::new),
                        signature.isEmpty() ? Map.of() : Map.of("signature", signature)));
    }

    private void call(String id, String file, String owner, String text, String shape, int args) {
        put("calls", id, Row.of(id, file, owner, text, shape, args));
    }

    private void imported(String id, String file, String module, String name) {
        put("imports", id, Row.of(id, file, module, name, null, 0, false));
    }

    private void put(String table, String key, Row after) {
        Map<String, Row> rows = live.get(table);
        Row before = after == null ? rows.remove(key) : rows.put(key, after);
        if (before != null) {
            changes.get(table)
                    .add(copy(before, after == null ? RowKind.DELETE : RowKind.UPDATE_BEFORE));
        }
        if (after != null) {
            changes.get(table)
                    .add(copy(after, before == null ? RowKind.INSERT : RowKind.UPDATE_AFTER));
        }
    }

    private static Row copy(Row row, RowKind kind) {
        Row copy = Row.copy(row);
        copy.setKind(kind);
        return copy;
    }

    private Map<String, Map<Row, Integer>> streamed(int parallelism) throws Exception {
        Map<String, PipelineOnRows.Source> sources = new TreeMap<>();
        changes.forEach((table, rows) -> sources.put(table, source(table, rows)));
        return PipelineOnRows.streamed("code-graph", sources, parallelism);
    }

    private static PipelineOnRows.Source source(String table, List<Row> rows) {
        Map<String, String> columns = columns(table);
        Schema.Builder schema = Schema.newBuilder();
        List<TypeInformation<?>> types = new ArrayList<>();
        String key = columns.keySet().iterator().next();
        columns.forEach(
                (name, type) -> {
                    schema.column(name, name.equals(key) ? type + " NOT NULL" : type);
                    types.add(TYPES.get(type));
                });
        return new PipelineOnRows.Source(
                schema.primaryKey(key).build(),
                new RowTypeInfo(
                        types.toArray(TypeInformation[]::new),
                        columns.keySet().toArray(String[]::new)),
                rows);
    }

    private static final Map<String, TypeInformation<?>> TYPES =
            Map.of(
                    TEXT,
                    Types.STRING,
                    "BIGINT",
                    Types.LONG,
                    "INT",
                    Types.INT,
                    "BOOLEAN",
                    Types.BOOLEAN,
                    "ARRAY<STRING>",
                    Types.OBJECT_ARRAY(Types.STRING),
                    "MAP<STRING, STRING>",
                    Types.MAP(Types.STRING, Types.STRING));

    private static Map<String, String> columns(String table) {
        String text =
                switch (table) {
                    case "source_files" ->
                            "file_id repo path module lang sha256 size_bytes:BIGINT lines:INT";
                    case "defs" ->
                            "def_id file_id parent_def_id kind name qualified_name"
                                    + " bases:ARRAY<STRING> decorators:ARRAY<STRING>"
                                    + " attrs:MAP<STRING,STRING>";
                    case "calls" ->
                            "call_id file_id owner_def_id callee_text callee_shape arg_count:INT";
                    default -> "import_id file_id module name asname level:INT is_star:BOOLEAN";
                };
        Map<String, String> columns = new LinkedHashMap<>();
        for (String column : text.split(" ")) {
            String[] parts = column.split(":");
            columns.put(parts[0], parts.length == 1 ? TEXT : parts[1].replace(",", ", "));
        }
        return columns;
    }

    private static Set<String> byName(Map<Row, Integer> nodes, int kind, int name) {
        return nodes.keySet().stream()
                .map(row -> row.getField(kind) + " " + row.getField(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Edges as text, each end with kind and name; guesses with confidence and candidates. */
    private static List<String> edges(Map<String, Map<Row, Integer>> results) {
        Map<Object, String> nodes =
                results.get("cpg_nodes").keySet().stream()
                        .collect(
                                Collectors.toMap(
                                        row -> Objects.requireNonNull(row.getField(0)),
                                        row -> row.getField(1) + " " + row.getField(4)));
        Function<Row, String> guess =
                row ->
                        "CALLS".equals(row.getField(1))
                                ? " " + row.getField(6) + "/" + row.getField(7)
                                : "";
        return results.get("cpg_edges").keySet().stream()
                .map(
                        row ->
                                row.getField(1)
                                        + " "
                                        + nodes.get(row.getField(2))
                                        + " -> "
                                        + nodes.get(row.getField(3))
                                        + guess.apply(row))
                .toList();
    }
}
