package io.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableDefinition;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionFactsITCase {
    @TempDir private Path folder;
    @TempDir private Path elsewhere;

    @Test
    void aPipelineGivesTheSameSettingsCatalogAndPlanInEveryJvm() throws Exception {
        Path pipeline = Files.createDirectories(folder.resolve("pipeline"));
        Files.writeString(
                pipeline.resolve("pipeline.yaml"),
                """
                name: p
                params: [{name: least, type: BIGINT, default: "3"}]
                sources:
                  - {name: b, path: "${warehouse}/b", key: [id]}
                  - {name: a, path: "${warehouse}/a", key: [id]}
                results:
                  - {name: r, key: [id], query: "SELECT a.id FROM a JOIN b ON a.id = b.id WHERE a.id > :least"}
                """);
        for (String table : List.of("a", "b", "c")) {
            create(folder.resolve("warehouse").resolve(table));
            create(elsewhere.resolve("other").resolve(table));
        }

        String first = run(pipeline, folder.resolve("warehouse"), "UTC", "en", "US");
        String second = run(pipeline, elsewhere.resolve("other"), "Asia/Tokyo", "tr", "TR");

        assertThat(first).contains("\"table.local-time-zone\": {\"value\": \"UTC\"");
        assertThat(second).isEqualTo(first);
    }

    private static void create(Path table) throws Exception {
        DeltaTable.at(table.toString())
                .create(
                        new TableDefinition(
                                new StructType().add("id", LongType.LONG, false),
                                List.of(),
                                Map.of("delta.enableChangeDataFeed", "true")),
                        CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
    }

    private String run(Path pipeline, Path warehouse, String zone, String language, String country)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(argument -> argument.startsWith("--add-opens"))
                        .toList());
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-Duser.timezone=" + zone,
                        "-Duser.language=" + language,
                        "-Duser.country=" + country,
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("surefire.test.class.path", ""),
                        SessionFacts.class.getName(),
                        pipeline.toString(),
                        warehouse.toString()));
        Path out = Files.createTempFile(folder, "facts", ".txt");
        Path err = Files.createTempFile(folder, "facts", ".err");
        Process process =
                new ProcessBuilder(command)
                        .directory(warehouse.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        assertThat(process.waitFor()).as(Files.readString(err)).isZero();
        return Files.readString(out);
    }
}
