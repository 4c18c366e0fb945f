package io.millrace.tests.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;

/** All main classes of all modules, and rules held against them. */
final class ProjectClasses {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new DoNotIncludeTests())
                    .importPackages("io.millrace");

    private ProjectClasses() {}

    /**
     * Throws naming each class that breaks {@code rule}; a part that is not there yet breaks none.
     */
    static void check(ArchRule rule) {
        if (!CLASSES.contain("io.millrace.delta.table.DeltaTable")) {
            throw new IllegalStateException("the project's classes are not on the class path");
        }
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
