package io.millrace.codegraph.javac;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import io.millrace.codegraph.model.Anchor;
import io.millrace.codegraph.model.Call;
import io.millrace.codegraph.model.Definition;
import io.millrace.codegraph.model.EntityIds;
import io.millrace.codegraph.model.FileFacts;
import io.millrace.codegraph.model.Import;
import io.millrace.codegraph.model.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the facts of one file as the scanner meets them, and gives each its id and anchor. */
final class FactCollector {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final SourceText text;
    private final EntityIds ids;
    private final List<Definition> definitions = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<Import> imports = new ArrayList<>();
    private final List<Anchor> anchors = new ArrayList<>();

    FactCollector(
            CompilationUnitTree unit, SourcePositions positions, SourceText text, EntityIds ids) {
        this.unit = unit;
        this.positions = positions;
        this.text = text;
        this.ids = ids;
    }

    FileFacts collected(String module) {
        return new FileFacts(module, definitions, calls, imports, anchors);
    }

    /**
     * Records a definition.
     *
     * @param discriminator what tells it from its neighbours in the same scope
     * @return the scope of what stands inside it
     */
    Scope definition(
            Tree tree,
            Scope scope,
            String kind,
            String name,
            String discriminator,
            List<String> bases,
            Optional<ModifiersTree> modifiers,
            Map<String, String> attributes) {
        String id = ids.definition(scope.id(), kind, discriminator);
        String qualifiedName = scope.member(name);
        List<String> decorators =
                modifiers.map(ModifiersTree::getAnnotations).orElse(List.of()).stream()
                        .map(AnnotationTree::getAnnotationType)
                        .map(SyntaxText::of)
                        .toList();
        definitions.add(
                new Definition(
                        id, scope.id(), kind, name, qualifiedName, bases, decorators, attributes));
        anchor(id, tree);
        return new Scope(id, qualifiedName, name);
    }

    void call(Tree tree, Scope owner, String shape, String calleeText, int argumentCount) {
        String id = ids.call(owner.id(), shape, calleeText, argumentCount);
        calls.add(new Call(id, owner.id(), calleeText, shape, argumentCount));
        anchor(id, tree);
    }

    void imports(List<? extends ImportTree> trees) {
        for (ImportTree tree : trees) {
            if (tree.getQualifiedIdentifier() instanceof MemberSelectTree imported) {
                String module = SyntaxText.of(imported.getExpression());
                String name = imported.getIdentifier().toString();
                boolean star = name.equals("*");
                String id = ids.imported((tree.isStatic() ? "static " : "") + module + "." + name);
                imports.add(
                        new Import(
                                id,
                                module,
                                star ? Optional.empty() : Optional.of(name),
                                Optional.empty(),
                                0,
                                star));
                anchor(id, tree);
            }
        }
    }

    boolean isInText(Tree tree) {
        return positions.getEndPosition(unit, tree) >= 0;
    }

    /** Spans that the parser could not tell, as in broken text, become empty ones. */
    private void anchor(String id, Tree tree) {
        long start = text.byteOffset(positions.getStartPosition(unit, tree));
        long end = text.byteOffset(positions.getEndPosition(unit, tree));
        anchors.add(new Anchor(id, start, Math.max(start, end)));
    }
}
