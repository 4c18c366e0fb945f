package io.millrace.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Arrows between parts point one way; see "Parts" in the README. */
@AnalyzeClasses(packages = "io.millrace", importOptions = DoNotIncludeTests.class)
class PartsTest {

    private static final String FUNCTIONS = "io.millrace.functions..";
    private static final String TABLE = "io.millrace.delta.table..";
    private static final String TYPES = "io.millrace.delta.types..";
    private static final String DATASET = "io.millrace.delta.dataset..";
    private static final String SCAN = "io.millrace.delta.scan..";
    private static final String PARQUET = "io.millrace.delta.parquet..";
    private static final String SOURCE = "io.millrace.delta.source..";
    private static final String PLANNER = "io.millrace.planner..";
    private static final String ARTIFACTS = "io.millrace.artifacts..";
    private static final String[] SINKS = {
        "io.millrace.delta.sink..",
        "io.millrace.delta.write..",
        "io.millrace.delta.commit..",
        "io.millrace.delta.maintenance.."
    };
    private static final String[] JOBS = {
        "io.millrace.session..",
        "io.millrace.catalog..",
        "io.millrace.pipeline..",
        "io.millrace.cli..",
        "io.millrace.codegraph.."
    };

    @ArchTest
    static final ArchRule functionsStandAlone =
            noClasses()
                    .that()
                    .resideInAPackage(FUNCTIONS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.millrace.delta..", PLANNER, ARTIFACTS)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAnyPackage(JOBS)
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theDoorToDeltaKnowsNothingBehindIt =
            noClasses()
                    .that()
                    .resideInAnyPackage(TABLE, TYPES)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(DATASET, SCAN, PARQUET, SOURCE, FUNCTIONS)
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule readingFilesDoesNotKnowTheSource =
            noClasses()
                    .that()
                    .resideInAnyPackage(DATASET, SCAN, PARQUET)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(SOURCE, FUNCTIONS)
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule sourcesDoNotKnowSinks =
            noClasses()
                    .that()
                    .resideInAnyPackage(TABLE, TYPES, DATASET, SCAN, PARQUET, SOURCE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(SINKS)
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule tablesDoNotKnowPlansOrJobs =
            noClasses()
                    .that()
                    .resideInAPackage("io.millrace.delta..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(FUNCTIONS, PLANNER, ARTIFACTS)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAnyPackage(JOBS)
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule plannerRulesDoNotKnowSinks =
            noClasses()
                    .that()
                    .resideInAPackage(PLANNER)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(SINKS)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAPackage(ARTIFACTS)
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule plansAndArtifactsDoNotKnowJobs =
            noClasses()
                    .that()
                    .resideInAnyPackage(PLANNER, ARTIFACTS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(JOBS)
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule sessionsDoNotKnowPipelinesAndPipelinesNoCommandLine =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.millrace.session..", "io.millrace.catalog..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.millrace.pipeline..", "io.millrace.cli..")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theEngineKnowsNothingOfCode =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.millrace.codegraph..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.millrace.codegraph..")
                    .allowEmptyShould(true);
}
