package io.millrace.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** What may happen in one place only. */
@AnalyzeClasses(packages = "io.millrace", importOptions = DoNotIncludeTests.class)
class ExactlyOneOfEachTest {

    private static final String TABLE_ENVIRONMENT = "org.apache.flink.table.api.TableEnvironment";

    @ArchTest
    static final ArchRule onlyTheSessionFactoryCreatesTableEnvironments =
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName("io.millrace.session.SessionFactory")
                    .should()
                    .accessTargetWhere(
                            calls(TABLE_ENVIRONMENT, Set.of("create", "<init>"))
                                    .as("a table environment is created"))
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyDeltaTableTouchesKernelInternals =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.millrace.delta.table..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.delta.kernel.internal..")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheCommitPathCommits =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.millrace.delta.commit..", "io.millrace.delta.table..")
                    .should()
                    .accessTargetWhere(
                            calls("io.millrace.delta.table.DeltaTable", Set.of("commit", "create"))
                                    .as("a commit is made"))
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyPlannerRulesAndCaptureTouchThePlanner =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.millrace.planner..",
                            "io.millrace.artifacts.capture..",
                            "io.millrace.artifacts.lineage..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink.table.planner..", "org.apache.calcite..")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule functionsComeThroughTheModuleOnly =
            noClasses()
                    .should()
                    .accessTargetWhere(
                            calls(
                                            TABLE_ENVIRONMENT,
                                            Set.of(
                                                    "createFunction",
                                                    "createTemporaryFunction",
                                                    "createTemporarySystemFunction",
                                                    "registerFunction"))
                                    .as("a function is registered by hand"))
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTableFunctionsHoldsFlinkModules =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.millrace.functions..")
                    .should()
                    .implement("org.apache.flink.table.module.Module")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingIsSerializedByJava =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching("java\\.io\\.Object(Input|Output)Stream")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noStaticFieldChanges =
            fields().that().areStatic().should().beFinal().allowEmptyShould(true);

    private static DescribedPredicate<JavaAccess<?>> calls(String type, Set<String> methods) {
        DescribedPredicate<com.tngtech.archunit.core.domain.JavaClass> isType = assignableTo(type);
        return describe(
                "call of " + methods + " on " + type,
                access ->
                        methods.contains(access.getTarget().getName())
                                && isType.test(access.getTargetOwner()));
    }
}
