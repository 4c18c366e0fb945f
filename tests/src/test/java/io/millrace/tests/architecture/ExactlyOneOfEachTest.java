package io.millrace.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.millrace.tests.architecture.ProjectClasses.check;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What may happen in one place only. */
class ExactlyOneOfEachTest {

    private static final String TABLE_ENVIRONMENT = "org.apache.flink.table.api.TableEnvironment";

    private static final String EXECUTION_ENVIRONMENT =
            "org.apache.flink.streaming.api.environment.StreamExecutionEnvironment";

    @Test
    void onlyTheSessionFactoryCreatesTableEnvironments() {
        check(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("io.millrace.session.SessionFactory")
                        .should()
                        .accessTargetWhere(
                                calls(TABLE_ENVIRONMENT, Set.of("create", "<init>"))
                                        .as("a table environment is created")));
    }

    @Test
    void onlyTheSessionFactoryCreatesExecutionEnvironments() {
        check(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("io.millrace.session.SessionFactory")
                        .should()
                        .accessTargetWhere(
                                calls(
                                                EXECUTION_ENVIRONMENT,
                                                Set.of(
                                                        "getExecutionEnvironment",
                                                        "createLocalEnvironment",
                                                        "createLocalEnvironmentWithWebUI",
                                                        "createRemoteEnvironment",
                                                        "<init>"))
                                        .as("an execution environment is created")));
    }

    /** Pipelines declare views of their own; benchmarks of scans write to a table of their own. */
    @Test
    void onlyTheCatalogHasTables() {
        check(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("io.millrace.session.SessionFactory")
                        .should()
                        .accessTargetWhere(
                                calls(TABLE_ENVIRONMENT, Set.of("registerCatalog", "createCatalog"))
                                        .as("a catalog is registered")));
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.millrace.bench..")
                        .should()
                        .accessTargetWhere(
                                calls(
                                                TABLE_ENVIRONMENT,
                                                Set.of(
                                                        "createTable",
                                                        "createTemporaryTable",
                                                        "registerTable"))
                                        .as("a table is registered")));
    }

    /**
     * Pipelines declare the views of their definition; an Arrow stream is a table of its session.
     */
    @Test
    void onlyPipelinesAndArrowStreamsMakeViews() {
        check(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("io.millrace.pipeline.PipelineTranslator")
                        .and()
                        .doNotHaveFullyQualifiedName("io.millrace.arrow.ArrowInput")
                        .should()
                        .accessTargetWhere(
                                calls(
                                                TABLE_ENVIRONMENT,
                                                Set.of(
                                                        "createTemporaryView",
                                                        "createView",
                                                        "fromDataStream",
                                                        "fromChangelogStream"))
                                        .as("a view is registered")));
    }

    /** Definitions of a pipeline and of the catalog file; benchmarks have no file. */
    @Test
    void onlyDefinitionsAreRegisteredInTheCatalog() {
        check(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("io.millrace.pipeline.PipelineTranslator")
                        .and()
                        .doNotHaveFullyQualifiedName("io.millrace.session.CatalogFile")
                        .and()
                        .resideOutsideOfPackage("io.millrace.bench..")
                        .should()
                        .accessTargetWhere(
                                calls(
                                                "io.millrace.catalog.DeltaCatalog",
                                                Set.of(
                                                        "registerSource",
                                                        "registerResult",
                                                        "registerRows",
                                                        "declare",
                                                        "declareDatabase"))
                                        .as("a table is registered in the catalog")));
    }

    /** What commands show of tables comes from the catalog. */
    @Test
    void whatIsShownOfTablesIsNotReadFromTheirLogs() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "io.millrace.cli..",
                                "io.millrace.session..",
                                "io.millrace.planner..",
                                "io.millrace.artifacts.capture..",
                                "io.millrace.artifacts.lineage..")
                        .should()
                        .accessTargetWhere(
                                calls(
                                                "io.millrace.delta.table.TableSnapshot",
                                                Set.of("metadata", "protocol"))
                                        .as("the metadata of a table is read")));
    }

    /** It comes from a snapshot, and a snapshot from the one door; writers plan the next one. */
    @Test
    void onlyTheDoorReadsTheMetadataOfATable() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "io.millrace.delta.table..", "io.millrace.delta.write..")
                        .should()
                        .accessTargetWhere(
                                calls("io.millrace.delta.table.TableMetadata", Set.of("<init>"))
                                        .as("the metadata of a table is read or made")));
    }

    @Test
    void onlyDeltaTableTouchesKernelInternals() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.millrace.delta.table..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.delta.kernel.internal.."));
    }

    /** What is read and what is written carry their location to the machines that do it. */
    @Test
    void onlyTheResolverTakesALocationForATable() {
        check(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("io.millrace.delta.dataset.DatasetResolver")
                        .and()
                        .doNotHaveFullyQualifiedName("io.millrace.delta.source.ReadSpec")
                        .and()
                        .doNotHaveFullyQualifiedName("io.millrace.delta.write.WriteSpec")
                        .and()
                        .doNotHaveFullyQualifiedName("io.millrace.delta.table.DeltaTable")
                        .should()
                        .accessTargetWhere(
                                calls("io.millrace.delta.table.DeltaTable", Set.of("at"))
                                        .as("a location is taken for a table")));
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.millrace.delta.dataset..")
                        .should()
                        .accessTargetWhere(
                                calls(
                                                "io.millrace.delta.dataset.ScanConfiguration",
                                                Set.of("<init>"))
                                        .as("a scan configuration is made")));
    }

    /** Two benchmarks make logs of commits that say nothing. */
    @Test
    void onlyTheCommitPathCommits() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "io.millrace.delta.commit..", "io.millrace.delta.table..")
                        .and()
                        .haveNameNotMatching("io\\.millrace\\.bench\\.(Poll|Commit)Benchmark")
                        .should()
                        .accessTargetWhere(
                                calls(
                                                "io.millrace.delta.table.DeltaTable",
                                                Set.of("commit", "commits", "create"))
                                        .as("a commit is made")));
    }

    @Test
    void onlyPlannerRulesAndCaptureTouchThePlanner() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "io.millrace.planner..",
                                "io.millrace.artifacts.capture..",
                                "io.millrace.artifacts.lineage..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.apache.flink.table.planner..", "org.apache.calcite.."));
    }

    @Test
    void functionsComeThroughTheModuleOnly() {
        check(
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
                                        .as("a function is registered by hand")));
    }

    @Test
    void onlyTheSessionLoadsModules() {
        check(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("io.millrace.session.Functions")
                        .should()
                        .accessTargetWhere(
                                calls(
                                                TABLE_ENVIRONMENT,
                                                Set.of("loadModule", "unloadModule", "useModules"))
                                        .as("a module is loaded")));
    }

    @Test
    void onlyTableFunctionsHoldsFlinkModules() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.millrace.functions..")
                        .should()
                        .implement("org.apache.flink.table.module.Module"));
    }

    @Test
    void nothingIsSerializedByJava() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching("java\\.io\\.Object(Input|Output)Stream"));
    }

    @Test
    void noStaticFieldChanges() {
        check(fields().that().areStatic().should().beFinal());
    }

    private static DescribedPredicate<JavaAccess<?>> calls(String type, Set<String> methods) {
        DescribedPredicate<com.tngtech.archunit.core.domain.JavaClass> isType = assignableTo(type);
        return describe(
                "call of " + methods + " on " + type,
                access ->
                        methods.contains(access.getTarget().getName())
                                && isType.test(access.getTargetOwner()));
    }
}
