package io.millrace.codegraph.javac;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import io.millrace.codegraph.model.Extractor;
import io.millrace.codegraph.model.FileFacts;
import io.millrace.codegraph.model.SourceInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Java through the compiler's own parser: syntax only, nothing is resolved, so a file needs neither
 * its dependencies nor to compile.
 */
public final class JavaExtractor implements Extractor {
    /** Preview syntax of this JDK is read too; nothing is compiled. */
    private static final List<String> OPTIONS =
            List.of(
                    "-proc:none",
                    "--enable-preview",
                    "-source",
                    Integer.toString(Runtime.version().feature()));

    private final JavaCompiler compiler;

    public JavaExtractor() {
        compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException(
                    "This Java installation has no compiler. Extraction needs a JDK, not a JRE.");
        }
    }

    @Override
    public String language() {
        return "java";
    }

    @Override
    public boolean accepts(String path) {
        return path.endsWith(".java");
    }

    /** One compiler for all files: making it takes longer than parsing a file. */
    @Override
    public List<FileFacts> extract(List<SourceInput> inputs) {
        try (StandardJavaFileManager files = compiler.getStandardFileManager(d -> {}, null, null)) {
            List<TextFile> texts =
                    IntStream.range(0, inputs.size())
                            .mapToObj(i -> new TextFile(i, inputs.get(i)))
                            .toList();
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    Writer.nullWriter(),
                                    files,
                                    diagnostic -> {},
                                    OPTIONS,
                                    null,
                                    texts);
            Map<URI, CompilationUnitTree> units = new HashMap<>();
            for (CompilationUnitTree unit : task.parse()) {
                units.put(unit.getSourceFile().toUri(), unit);
            }
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            return texts.stream()
                    .map(text -> walk(units.get(text.toUri()), positions, text.input))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileFacts walk(
            CompilationUnitTree unit, SourcePositions positions, SourceInput input) {
        FactCollector facts = new FactCollector(unit, positions, input.text(), input.newIds());
        String packageName =
                unit.getPackageName() == null ? "" : SyntaxText.of(unit.getPackageName());
        facts.imports(unit.getImports());
        new DefinitionScanner(facts).scan(unit, new Scope("", packageName, ""));
        return facts.collected(moduleOf(packageName, input.text().path()));
    }

    /**
     * What imports call the file: the type it is named after, in its package. {@code package-info}
     * and {@code module-info} stand for the package itself.
     */
    private static String moduleOf(String packageName, String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        String type = file.substring(0, file.length() - ".java".length());
        return type.contains("-") ? packageName : Scope.join(packageName, type);
    }

    /** The text as the compiler wants to have it. */
    private static final class TextFile extends SimpleJavaFileObject {
        private final SourceInput input;

        TextFile(int number, SourceInput input) {
            super(uri(number, input.text().path()), JavaFileObject.Kind.SOURCE);
            this.input = input;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return input.text().text();
        }

        private static URI uri(int number, String path) {
            try {
                return new URI("source", null, "/" + number + "/" + path, null);
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("no path: " + path, e);
            }
        }
    }
}
