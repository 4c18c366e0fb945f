package io.millrace.codegraph.javac;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.ArrayTypeTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IntersectionTypeTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.SimpleTreeVisitor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Short text of types and callees: names stay, type arguments, type annotations and arguments of
 * calls go, whatever has no name is {@code ?}. It depends on the syntax alone, not on how the
 * source is laid out.
 */
final class SyntaxText extends SimpleTreeVisitor<String, Void> {
    private static final SyntaxText INSTANCE = new SyntaxText();

    private SyntaxText() {
        super("?");
    }

    static String of(Tree tree) {
        return tree == null ? "?" : tree.accept(INSTANCE, null);
    }

    static List<String> of(List<? extends Tree> trees) {
        return trees.stream().map(SyntaxText::of).toList();
    }

    @Override
    public String visitIdentifier(IdentifierTree tree, Void unused) {
        return tree.getName().toString();
    }

    @Override
    public String visitMemberSelect(MemberSelectTree tree, Void unused) {
        return of(tree.getExpression()) + "." + tree.getIdentifier();
    }

    @Override
    public String visitMemberReference(MemberReferenceTree tree, Void unused) {
        boolean constructor = tree.getMode() == MemberReferenceTree.ReferenceMode.NEW;
        return of(tree.getQualifierExpression()) + "::" + (constructor ? "new" : tree.getName());
    }

    @Override
    public String visitMethodInvocation(MethodInvocationTree tree, Void unused) {
        return of(tree.getMethodSelect()) + "()";
    }

    @Override
    public String visitNewClass(NewClassTree tree, Void unused) {
        return "new " + of(tree.getIdentifier()) + "()";
    }

    @Override
    public String visitParenthesized(ParenthesizedTree tree, Void unused) {
        return of(tree.getExpression());
    }

    @Override
    public String visitTypeCast(TypeCastTree tree, Void unused) {
        return "(" + of(tree.getType()) + ")" + of(tree.getExpression());
    }

    @Override
    public String visitArrayAccess(ArrayAccessTree tree, Void unused) {
        return of(tree.getExpression()) + "[]";
    }

    @Override
    public String visitLiteral(LiteralTree tree, Void unused) {
        return tree.getKind() == Tree.Kind.STRING_LITERAL ? "\"\"" : "?";
    }

    @Override
    public String visitParameterizedType(ParameterizedTypeTree tree, Void unused) {
        return of(tree.getType());
    }

    @Override
    public String visitAnnotatedType(AnnotatedTypeTree tree, Void unused) {
        return of(tree.getUnderlyingType());
    }

    @Override
    public String visitArrayType(ArrayTypeTree tree, Void unused) {
        return of(tree.getType()) + "[]";
    }

    @Override
    public String visitPrimitiveType(PrimitiveTypeTree tree, Void unused) {
        return tree.getPrimitiveTypeKind().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String visitUnionType(UnionTypeTree tree, Void unused) {
        return tree.getTypeAlternatives().stream()
                .map(SyntaxText::of)
                .collect(Collectors.joining("|"));
    }

    @Override
    public String visitIntersectionType(IntersectionTypeTree tree, Void unused) {
        return tree.getBounds().stream().map(SyntaxText::of).collect(Collectors.joining("&"));
    }
}
