package io.millrace.codegraph.javac;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import io.millrace.codegraph.model.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Walks a syntax tree in the order of the text and hands definitions and calls to the collector. A
 * call in a lambda or an initializer belongs to the method, field or type around it.
 */
final class DefinitionScanner extends TreeScanner<Void, Scope> {
    private static final String ANONYMOUS = "<anonymous>";

    private final FactCollector facts;

    DefinitionScanner(FactCollector facts) {
        this.facts = facts;
    }

    @Override
    public Void visitClass(ClassTree type, Scope scope) {
        List<String> bases = new ArrayList<>();
        if (type.getExtendsClause() != null) {
            bases.add(SyntaxText.of(type.getExtendsClause()));
        }
        bases.addAll(SyntaxText.of(type.getImplementsClause()));
        return type(type, scope, type.getSimpleName().toString(), bases);
    }

    @Override
    public Void visitMethod(MethodTree method, Scope scope) {
        boolean constructor = method.getName().contentEquals("<init>");
        String name = constructor ? scope.name() : method.getName().toString();
        String signature =
                method.getParameters().stream()
                        .map(parameter -> SyntaxText.of(parameter.getType()))
                        .collect(Collectors.joining(",", name + "(", ")"));
        Map<String, String> attributes = attributes(method.getModifiers());
        attributes.put("signature", signature);
        if (method.getReturnType() != null) {
            attributes.put("type", method.getReturnType().toString());
        }
        putIfAny(attributes, "type_parameters", method.getTypeParameters());
        putIfAny(attributes, "throws", method.getThrows());
        Scope inside =
                facts.definition(
                        method,
                        scope,
                        constructor ? "constructor" : "method",
                        name,
                        signature,
                        List.of(),
                        Optional.of(method.getModifiers()),
                        attributes);
        int position = 0;
        for (VariableTree parameter : method.getParameters()) {
            Map<String, String> at = Map.of("position", Integer.toString(position++));
            // The parser gives compact constructors parameters that stand nowhere in the text.
            if (facts.isInText(parameter)) {
                variable(parameter, inside, "param", at);
            }
        }
        scan(method.getBody(), inside);
        return scan(method.getDefaultValue(), inside);
    }

    /**
     * A local variable, or a parameter of a lambda: no definition, but its initializer may call.
     */
    @Override
    public Void visitVariable(VariableTree variable, Scope scope) {
        return scan(variable.getInitializer(), scope);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Scope scope) {
        ExpressionTree callee = call.getMethodSelect();
        facts.call(call, scope, shape(callee), SyntaxText.of(callee), call.getArguments().size());
        scan(callee, scope);
        return scan(call.getArguments(), scope);
    }

    @Override
    public Void visitNewClass(NewClassTree creation, Scope scope) {
        String name = SyntaxText.of(creation.getIdentifier());
        facts.call(creation, scope, "new", name, creation.getArguments().size());
        scan(creation.getEnclosingExpression(), scope);
        scan(creation.getArguments(), scope);
        if (creation.getClassBody() != null) {
            type(creation.getClassBody(), scope, ANONYMOUS, List.of(name));
        }
        return null;
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree reference, Scope scope) {
        facts.call(
                reference,
                scope,
                "reference",
                SyntaxText.of(reference),
                Call.UNKNOWN_ARGUMENT_COUNT);
        return scan(reference.getQualifierExpression(), scope);
    }

    @Override
    public Void visitModule(ModuleTree module, Scope scope) {
        String name = SyntaxText.of(module.getName());
        facts.definition(
                module, scope, "module", name, name, List.of(), Optional.empty(), Map.of());
        return null;
    }

    @Override
    public Void visitErroneous(ErroneousTree broken, Scope scope) {
        return scan(broken.getErrorTrees(), scope);
    }

    @Override
    public Void visitImport(ImportTree tree, Scope scope) {
        return null;
    }

    @Override
    public Void visitPackage(PackageTree tree, Scope scope) {
        return null;
    }

    @Override
    public Void visitAnnotation(AnnotationTree tree, Scope scope) {
        return null;
    }

    private Void type(ClassTree type, Scope scope, String name, List<String> bases) {
        Map<String, String> attributes = attributes(type.getModifiers());
        putIfAny(attributes, "type_parameters", type.getTypeParameters());
        putIfAny(attributes, "permits", type.getPermitsClause());
        boolean anonymous = name.equals(ANONYMOUS);
        Scope inside =
                facts.definition(
                        type,
                        scope,
                        anonymous ? "class" : kind(type),
                        name,
                        anonymous ? "new " + bases : name,
                        bases,
                        Optional.of(type.getModifiers()),
                        attributes);
        for (Tree member : type.getMembers()) {
            if (member instanceof VariableTree field) {
                variable(
                        field,
                        inside,
                        isConstant(field, type) ? "enum_constant" : "field",
                        Map.of());
            } else {
                scan(member, inside);
            }
        }
        return null;
    }

    private void variable(
            VariableTree variable, Scope scope, String kind, Map<String, String> more) {
        Map<String, String> attributes = attributes(variable.getModifiers());
        attributes.putAll(more);
        if (variable.getType() != null && !kind.equals("enum_constant")) {
            attributes.put("type", variable.getType().toString());
        }
        String name = variable.getName().toString();
        Scope inside =
                facts.definition(
                        variable,
                        scope,
                        kind,
                        name,
                        name,
                        List.of(),
                        Optional.of(variable.getModifiers()),
                        attributes);
        scan(variable.getInitializer(), inside);
    }

    /** The parser gives a constant the form of a field that creates an object of the enum. */
    private static boolean isConstant(VariableTree field, ClassTree type) {
        return type.getKind() == Tree.Kind.ENUM
                && field.getInitializer() instanceof NewClassTree creation
                && creation.getIdentifier() instanceof IdentifierTree created
                && created.getName().contentEquals(type.getSimpleName());
    }

    private static String kind(ClassTree type) {
        return type.getKind() == Tree.Kind.ANNOTATION_TYPE
                ? "annotation"
                : type.getKind().name().toLowerCase(Locale.ROOT);
    }

    private static String shape(ExpressionTree callee) {
        if (callee instanceof IdentifierTree name) {
            boolean constructor =
                    name.getName().contentEquals("this") || name.getName().contentEquals("super");
            return constructor ? name.getName().toString() : "name";
        }
        return callee instanceof MemberSelectTree ? "attribute" : "expression";
    }

    private static Map<String, String> attributes(ModifiersTree modifiers) {
        Map<String, String> attributes = new LinkedHashMap<>();
        String flags =
                modifiers.getFlags().stream()
                        .sorted()
                        .map(Modifier::toString)
                        .collect(Collectors.joining(" "));
        if (!flags.isEmpty()) {
            attributes.put("modifiers", flags);
        }
        return attributes;
    }

    private static void putIfAny(
            Map<String, String> attributes, String name, List<? extends Tree> trees) {
        if (!trees.isEmpty()) {
            attributes.put(
                    name, trees.stream().map(Tree::toString).collect(Collectors.joining(", ")));
        }
    }
}
