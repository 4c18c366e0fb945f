package io.millrace.codegraph.javac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codegraph.model.Anchor;
import io.millrace.codegraph.model.Call;
import io.millrace.codegraph.model.Definition;
import io.millrace.codegraph.model.FileFacts;
import io.millrace.codegraph.model.Import;
import io.millrace.codegraph.model.SourceInput;
import io.millrace.codegraph.model.SourceText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JavaExtractorTest {
    private static final String PATH = "src/p/A.java";

    private final JavaExtractor extractor = new JavaExtractor();

    @Test
    void findsEachKindOfDefinitionWithItsParent() {
        FileFacts facts =
                extract(
                        """
                        package p.q;
                        /** A class. */
                        @Deprecated
                        public abstract class A<T> extends Base<T> implements Runnable, java.io.Closeable {
                            static final int LIMIT = 3;
                            A(String name) {}
                            protected List<String> run(int count, T[] rest) throws Failure { return null; }
                            interface Inner extends Left, Right {}
                            enum Color { RED, GREEN(1) { int deep() { return 1; } } }
                            record Point(int x, int y) {}
                            @interface Mark { int value() default 1; }
                        }
                        """);

        assertThat(facts.module()).isEqualTo("p.q.A");
        assertThat(facts.definitions())
                .extracting(d -> d.kind() + " " + d.qualifiedName())
                .containsExactly(
                        "class p.q.A",
                        "field p.q.A.LIMIT",
                        "constructor p.q.A.A",
                        "param p.q.A.A.name",
                        "method p.q.A.run",
                        "param p.q.A.run.count",
                        "param p.q.A.run.rest",
                        "interface p.q.A.Inner",
                        "enum p.q.A.Color",
                        "enum_constant p.q.A.Color.RED",
                        "enum_constant p.q.A.Color.GREEN",
                        "class p.q.A.Color.GREEN.<anonymous>",
                        "method p.q.A.Color.GREEN.<anonymous>.deep",
                        "record p.q.A.Point",
                        "field p.q.A.Point.x",
                        "field p.q.A.Point.y",
                        "annotation p.q.A.Mark",
                        "method p.q.A.Mark.value");
        Definition type = definition(facts, "p.q.A");
        assertThat(type.parentId()).isEmpty();
        assertThat(type.bases()).containsExactly("Base", "Runnable", "java.io.Closeable");
        assertThat(type.decorators()).containsExactly("Deprecated");
        assertThat(type.attributes())
                .containsEntry("modifiers", "public abstract")
                .containsEntry("type_parameters", "T");
        Definition method = definition(facts, "p.q.A.run");
        assertThat(method.parentId()).isEqualTo(type.id());
        assertThat(method.attributes())
                .containsEntry("signature", "run(int,T[])")
                .containsEntry("type", "List<String>")
                .containsEntry("throws", "Failure");
        assertThat(definition(facts, "p.q.A.run.rest").attributes())
                .containsEntry("position", "1")
                .containsEntry("type", "T[]");
    }

    @Test
    void tellsTheShapesOfCallsApart() {
        FileFacts facts =
                extract(
                        """
                        class A {
                            A() { super(1); }
                            void run() {
                                plain(1, 2);
                                this.other.method();
                                super.run();
                                new java.util.ArrayList<String>(4).add("x");
                                list.stream().map(String::length).toArray(int[]::new);
                                ((Runnable) task[0]).run();
                            }
                        }
                        """);

        assertThat(facts.calls())
                .extracting(c -> c.calleeShape() + " " + c.calleeText() + " " + c.argumentCount())
                .containsExactly(
                        "super super 1",
                        "name plain 2",
                        "attribute this.other.method 0",
                        "attribute super.run 0",
                        "attribute new java.util.ArrayList().add 1",
                        "new java.util.ArrayList 1",
                        "attribute list.stream().map().toArray 1",
                        "attribute list.stream().map 1",
                        "attribute list.stream 0",
                        "reference String::length -1",
                        "reference int[]::new -1",
                        "attribute (Runnable)task[].run 0");
    }

    @Test
    void callsInLambdasBelongToTheMethodAndThoseInAnonymousClassesToTheirs() {
        FileFacts facts =
                extract(
                        """
                        class A {
                            Object field = make();
                            static { setUp(); }
                            void run() {
                                submit(() -> inLambda(x -> nested()));
                                submit(new Task() { public void go() { inClass(); } });
                                class Local { void local() { inLocal(); } }
                            }
                        }
                        """);

        assertThat(ownerOf(facts, "make")).isEqualTo("A.field");
        assertThat(ownerOf(facts, "setUp")).isEqualTo("A");
        assertThat(ownerOf(facts, "inLambda")).isEqualTo("A.run");
        assertThat(ownerOf(facts, "nested")).isEqualTo("A.run");
        assertThat(ownerOf(facts, "inClass")).isEqualTo("A.run.<anonymous>.go");
        assertThat(ownerOf(facts, "inLocal")).isEqualTo("A.run.Local.local");
        assertThat(definition(facts, "A.run.<anonymous>").bases()).containsExactly("Task");
    }

    @Test
    void readsImports() {
        FileFacts facts =
                extract(
                        """
                        import java.util.List;
                        import java.io.*;
                        import static java.util.Map.entry;
                        import static java.util.Set.*;
                        class A {}
                        """);

        assertThat(facts.imports())
                .extracting(i -> i.module() + " " + i.name().orElse("-") + " " + i.star())
                .containsExactly(
                        "java.util List false",
                        "java.io - true",
                        "java.util.Map entry false",
                        "java.util.Set - true");
    }

    @Test
    void keepsIdsWhenLinesAndOtherCodeAreInsertedAbove() {
        String code =
                """
                package p;
                import java.util.List;
                class A {
                    int x = start();
                    void run(String s) { log(s); log(s + s); new Task() { void go() { end(); } }; }
                }
                """;
        FileFacts before = extract(code);
        FileFacts after =
                extract(
                        code.replace("import", "// a comment\n\nimport java.io.File;\nimport")
                                .replace("int x", "void first() { log(1); }\n\n    int x"));

        assertThat(ids(after)).containsAll(ids(before)).hasSize(ids(before).size() + 3);
        assertThat(after.anchors()).hasSize(before.anchors().size() + 3);
        assertThat(start(after, definition(after, "p.A.x").id()))
                .isGreaterThan(start(before, definition(before, "p.A.x").id()));
    }

    @Test
    void anOverloadKeepsItsIdWhenAnotherComesBeforeIt() {
        String method = "void run(int[] a) { go(); }";
        FileFacts before = extract("class A { " + method + " }");
        FileFacts after = extract("class A { void run(String s) { go(); } " + method + " }");

        assertThat(ids(after)).containsAll(ids(before));
        assertThat(after.definitions())
                .filteredOn(d -> d.qualifiedName().equals("A.run"))
                .hasSize(2)
                .extracting(Definition::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void equalCallsInOneScopeHaveIdsOfTheirOwn() {
        FileFacts facts = extract("class A { void run() { go(); go(); go(); } }");

        assertThat(facts.calls()).extracting(Call::id).doesNotHaveDuplicates().hasSize(3);
        assertThat(facts.anchors()).hasSize(5);
    }

    @Test
    void idsDifferBetweenPathsAndRepositories() {
        String code = "class A { }";

        assertThat(
                        List.of(
                                extract("r", "a/A.java", code),
                                extract("r", "b/A.java", code),
                                extract("s", "a/A.java", code)))
                .extracting(f -> f.definitions().get(0).id())
                .doesNotHaveDuplicates();
    }

    @Test
    void anchorsAreBytesOfTheFile() {
        String code = "class A { String s = \"äöü😀\"; void run() { go(\"é\", 1); } }";
        FileFacts facts = extract(code);

        byte[] bytes = code.getBytes(UTF_8);
        Anchor call = anchor(facts, facts.calls().get(0).id());
        Anchor method = anchor(facts, definition(facts, "A.run").id());
        assertThat(new String(bytes, (int) call.start(), (int) (call.end() - call.start()), UTF_8))
                .isEqualTo("go(\"é\", 1)");
        assertThat(
                        new String(
                                bytes,
                                (int) method.start(),
                                (int) (method.end() - method.start()),
                                UTF_8))
                .isEqualTo("void run() { go(\"é\", 1); }");
    }

    @Test
    void keepsWhatParsedOfABrokenFile() {
        FileFacts facts =
                extract(
                        """
                        package p;
                        class A {
                            void good() { works(); }
                            void bad() { int = ; oops(( }
                            void after() { alsoWorks(); }
                        }
                        class
                        """);

        assertThat(facts.module()).isEqualTo("p.A");
        assertThat(facts.definitions()).extracting(Definition::qualifiedName).contains("p.A.good");
        assertThat(facts.calls()).extracting(Call::calleeText).contains("works");
    }

    @Test
    void survivesTextThatIsNoJavaAtAll() {
        for (String text : List.of("", "\u0000\u0001", "}}}}((((", "<html>", "class", "import ;")) {
            assertThat(extract(text).module()).isEqualTo("A");
        }
    }

    @Test
    void packageAndModuleFilesStandForThePackage() {
        assertThat(extract("package-info.java", "@Deprecated package p.q;").module())
                .isEqualTo("p.q");
        FileFacts module = extract("module-info.java", "module m.n { requires java.base; }");
        assertThat(module.definitions()).extracting(Definition::kind).containsExactly("module");
    }

    @Test
    void theSameTextGivesTheSameFacts() {
        String code = "import a.B; class A { void run() { go(); } }";

        assertThat(extract(code)).isEqualTo(extract(code));
    }

    @Test
    void filesExtractedTogetherHaveTheFactsThatTheyHaveAlone() {
        SourceInput broken = input("repo", "x/A.java", "class A { void run( } }");
        SourceInput whole = input("repo", "y/A.java", "class A { void run() { go(); } }");

        assertThat(extractor.extract(List.of(broken, whole, broken)))
                .hasSize(3)
                .element(1)
                .isEqualTo(extractor.extract(List.of(whole)).get(0));
    }

    private FileFacts extract(String code) {
        return extract("repo", PATH, code);
    }

    private FileFacts extract(String path, String code) {
        return extract("repo", path, code);
    }

    private FileFacts extract(String repository, String path, String code) {
        return extractor.extract(List.of(input(repository, path, code))).get(0);
    }

    private static SourceInput input(String repository, String path, String code) {
        return new SourceInput(repository, SourceText.of(path, code.getBytes(UTF_8)));
    }

    private static Definition definition(FileFacts facts, String qualifiedName) {
        return facts.definitions().stream()
                .filter(d -> d.qualifiedName().equals(qualifiedName))
                .findFirst()
                .orElseThrow();
    }

    private static String ownerOf(FileFacts facts, String callee) {
        Call call =
                facts.calls().stream()
                        .filter(c -> c.calleeText().equals(callee))
                        .findFirst()
                        .orElseThrow();
        return facts.definitions().stream()
                .filter(d -> d.id().equals(call.ownerId()))
                .findFirst()
                .orElseThrow()
                .qualifiedName();
    }

    private static Set<String> ids(FileFacts facts) {
        Set<String> ids = new HashSet<>();
        facts.definitions().forEach(d -> ids.add(d.id()));
        facts.calls().forEach(c -> ids.add(c.id()));
        facts.imports().stream().map(Import::id).forEach(ids::add);
        return ids;
    }

    private static Anchor anchor(FileFacts facts, String id) {
        return facts.anchors().stream()
                .filter(a -> a.entityId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static long start(FileFacts facts, String id) {
        return anchor(facts, id).start();
    }
}
