package io.millrace.delta.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.KernelRows;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables that other writers made, each version of each: its rows are those that Kernel's own reader
 * gives, or it is refused with a reason. {@code golden-tables.txt} lists them all. The tables lie
 * beside the project; the test is skipped where they are not.
 */
class GoldenTablesTest {

    private static final String LIST = "/golden-tables.txt";
    private static final String REFUSED = "refused: ";
    private static final String LEFT = "not looked at";

    /** Stands for the version of a table whose newest version is not to be found out. */
    private static final long NEWEST = -1;

    @ParameterizedTest
    @MethodSource("tables")
    void isReadAsKernelReadsItOrRefused(String name, Map<Long, String> expected) throws Exception {
        Path table = folder().resolve(name);
        Map<Long, String> wrong = new TreeMap<>();
        Map<Long, String> outcomes = outcomes(table, expected);
        outcomes.forEach(
                (version, outcome) -> {
                    if (!isAsExpected(outcome, expected.getOrDefault(version, "nothing"))) {
                        wrong.put(version, outcome);
                    }
                });
        assertThat(wrong).as("what is not as %s says", LIST).isEmpty();
        assertThat(expected.keySet()).isEqualTo(outcomes.keySet());
    }

    private static boolean isAsExpected(String outcome, String expected) {
        return expected.startsWith(REFUSED)
                ? outcome.startsWith(REFUSED)
                        && outcome.contains(expected.substring(REFUSED.length()))
                : outcome.equals(expected);
    }

    /** As the table's own account ({@code info.txt}) says. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2})
    void variantsAreReadThoughKernelDoesNotReadThem(long version) throws Exception {
        List<String> expected = new ArrayList<>();
        for (long id = 0; id < 100; id++) {
            expected.add(rowOfVariants(id));
        }
        for (long added = 0; added < version; added++) {
            expected.add(rowOfVariants(added));
        }

        assertThat(rows(folder().resolve("spark-variant-checkpoint"), version))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String rowOfVariants(long id) {
        return "(%d, V, [V, null, V, null, V], (V), {'%d'=V, 'nullKey'=null}, [(V), (null), null, (V), null, (V)], ([null, V]))"
                .formatted(id, id)
                .replace("V", "{\"key\":" + id + "}");
    }

    @Test
    void everyTableIsListed() throws IOException {
        List<String> found;
        try (Stream<Path> folders = Files.list(folder())) {
            found =
                    folders.filter(Files::isDirectory)
                            .flatMap(GoldenTablesTest::withTablesInside)
                            .map(table -> folder().relativize(table).toString())
                            .sorted()
                            .toList();
        }
        assertThat(expectations().keySet()).containsExactlyElementsOf(found);
    }

    /** Some folders hold tables further down. */
    private static Stream<Path> withTablesInside(Path folder) {
        try (Stream<Path> logs = Files.find(folder, 4, (file, a) -> file.endsWith("_delta_log"))) {
            List<Path> tables = logs.map(Path::getParent).toList();
            return tables.isEmpty() ? Stream.of(folder) : tables.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> tables() throws IOException {
        return expectations().entrySet().stream()
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    /** What stands in the list, by table and version. */
    private static Map<String, Map<Long, String>> expectations() throws IOException {
        Map<String, Map<Long, String>> expectations = new LinkedHashMap<>();
        try (InputStream in = GoldenTablesTest.class.getResourceAsStream(LIST)) {
            String name = "";
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("#")) {
                    continue;
                } else if (!line.startsWith("  ")) {
                    name = line;
                    expectations.put(name, new TreeMap<>());
                    continue;
                }
                String[] parts = line.strip().split(": ", 2);
                String[] range = parts[0].split("-");
                for (long v = number(range[0]); v <= number(range[range.length - 1]); v++) {
                    expectations.get(name).put(v, parts[1]);
                }
            }
        }
        return expectations;
    }

    private static long number(String version) {
        return version.equals("newest") ? NEWEST : Long.parseLong(version);
    }

    private static Map<Long, String> outcomes(Path table, Map<Long, String> expected) {
        long newest;
        try {
            newest = DeltaTable.at(table.toString()).snapshot().version();
        } catch (RefusedException e) {
            return Map.of(NEWEST, REFUSED + e.getMessage());
        }
        Map<Long, String> outcomes = new TreeMap<>();
        for (long version = 0; version <= newest; version++) {
            String listed = expected.getOrDefault(version, "");
            outcomes.put(version, listed.startsWith(LEFT) ? listed : outcome(table, version));
        }
        return outcomes;
    }

    private static String outcome(Path table, long version) {
        List<String> rows;
        try {
            rows = rows(table, version);
        } catch (RefusedException e) {
            return REFUSED + e.getMessage();
        } catch (Exception e) {
            throw new AssertionError("version " + version + " is neither read nor refused", e);
        }
        List<String> oracle;
        try {
            oracle = KernelRows.read(table, version);
        } catch (IOException e) {
            throw new AssertionError("Kernel does not read version " + version, e);
        }
        rows.sort(null);
        oracle.sort(null);
        for (int i = 0; i < Math.min(rows.size(), oracle.size()); i++) {
            assertThat(rows.get(i)).as("row %s of version %s", i, version).isEqualTo(oracle.get(i));
        }
        assertThat(rows.size()).as("rows of version %s", version).isEqualTo(oracle.size());
        return rows.size() + " rows";
    }

    private static List<String> rows(Path table, long version) throws Exception {
        TableSnapshot snapshot = DeltaTable.at(table.toString()).snapshot(version);
        return SourceDrive.snapshot(
                new ReadSpec(
                        "golden",
                        table.toString(),
                        DeltaTypes.toRowType(snapshot.metadata().schema()),
                        List.of(),
                        new StartingPosition.Snapshot()),
                version);
    }

    private static Path folder() {
        Optional<Path> folder =
                Stream.of("../../shared/golden-tables", "../../../shared/golden-tables")
                        .map(Path::of)
                        .filter(Files::isDirectory)
                        .map(found -> found.toAbsolutePath().normalize())
                        .findFirst();
        assumeThat(folder).as("the folder of golden tables").isPresent();
        return folder.orElseThrow();
    }
}
