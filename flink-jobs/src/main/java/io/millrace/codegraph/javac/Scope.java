package io.millrace.codegraph.javac;

/**
 * The definition that surrounds a piece of code.
 *
 * @param id empty at the top of a file
 * @param qualifiedName the package at the top of a file
 * @param name simple name, which constructors take
 */
record Scope(String id, String qualifiedName, String name) {
    String member(String simpleName) {
        return join(qualifiedName, simpleName);
    }

    static String join(String qualifier, String name) {
        return qualifier.isEmpty() ? name : qualifier + "." + name;
    }
}
