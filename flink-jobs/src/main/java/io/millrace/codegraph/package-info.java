/**
 * Source code to Delta tables: {@code ./millrace extract} and the {@code extract} step of
 * pipelines.
 *
 * <p>Start reading at {@link io.millrace.codegraph.tables.Extraction}: a source tree gives
 * revisions, an extractor the facts of each changed file, the tables take them as one version.
 * Nothing outside this package knows of code; commands, steps and extractors are found by {@link
 * java.util.ServiceLoader}.
 *
 * <p>What the columns hold of Java: {@code source_files.module} is the type that the file is named
 * after ({@code java.util.List}), the package for {@code package-info}. {@code defs.kind} is one of
 * class, interface, enum, record, annotation, method, constructor, field, enum_constant, param,
 * module; a constructor is named like its type. {@code defs.bases} and {@code decorators} are names
 * as written, without type arguments. {@code defs.attrs} may have modifiers, signature, type,
 * type_parameters, throws, permits, position. {@code imports}: {@code a.b.C} is module {@code a.b},
 * name {@code C}; a static import has the class as module; a star has no name. {@code
 * calls.callee_shape} is name, attribute, expression, this, super, new or reference (which has no
 * arg_count).
 */
package io.millrace.codegraph;
