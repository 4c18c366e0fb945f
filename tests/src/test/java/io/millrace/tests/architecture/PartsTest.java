package io.millrace.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.millrace.tests.architecture.ProjectClasses.check;

import org.junit.jupiter.api.Test;

/** Arrows between parts point one way; see "Parts" in the README. */
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
        "io.millrace.shell..",
        "io.millrace.arrow..",
        "io.millrace.cli..",
        "io.millrace.codegraph.."
    };

    @Test
    void functionsStandAlone() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(FUNCTIONS)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.millrace.delta..", PLANNER, ARTIFACTS)
                        .orShould()
                        .dependOnClassesThat()
                        .resideInAnyPackage(JOBS));
    }

    @Test
    void theDoorToDeltaKnowsNothingBehindIt() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(TABLE, TYPES)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(DATASET, SCAN, PARQUET, SOURCE, FUNCTIONS));
    }

    @Test
    void readingFilesDoesNotKnowTheSource() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(DATASET, SCAN, PARQUET)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(SOURCE, FUNCTIONS));
    }

    @Test
    void sourcesDoNotKnowSinks() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(TABLE, TYPES, DATASET, SCAN, PARQUET, SOURCE)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(SINKS));
    }

    @Test
    void tablesDoNotKnowPlansOrJobs() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.millrace.delta..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(FUNCTIONS, PLANNER, ARTIFACTS)
                        .orShould()
                        .dependOnClassesThat()
                        .resideInAnyPackage(JOBS));
    }

    @Test
    void plannerRulesDoNotKnowSinks() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(PLANNER)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(SINKS)
                        .orShould()
                        .dependOnClassesThat()
                        .resideInAPackage(ARTIFACTS));
    }

    @Test
    void plansAndArtifactsDoNotKnowJobs() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(PLANNER, ARTIFACTS)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(JOBS));
    }

    @Test
    void sessionsDoNotKnowPipelinesAndPipelinesNoCommandLine() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage("io.millrace.session..", "io.millrace.catalog..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.millrace.pipeline..", "io.millrace.cli.."));
    }

    @Test
    void theEngineKnowsNothingOfCode() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.millrace.codegraph..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.millrace.codegraph.."));
    }
}
