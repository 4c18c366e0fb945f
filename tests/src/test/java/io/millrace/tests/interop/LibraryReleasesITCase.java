package io.millrace.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tests.harness.FeedReplay;
import io.millrace.tests.harness.Millrace;
import io.millrace.tests.harness.RawTable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code graph of a library, release after release; the profile downloads its sources. */
@Tag("interop")
class LibraryReleasesITCase {

    private static final int FIRST = 12;
    private static final int LAST = 20;

    /** Extracting each release is minutes of work: all of them with -Dlibrary.each=true. */
    private static final boolean EACH = Boolean.getBoolean("library.each");

    /** Each release alone takes as long as following it. */
    private static final Set<Integer> COMPARED = Set.of(16, LAST);

    @TempDir Path folder;

    @Test
    void followedReleasesGiveWhatExtractingOneAloneGives() throws Exception {
        Path followed = folder.resolve("followed");
        for (int minor = FIRST; minor <= LAST; minor += EACH ? 1 : 2) {
            refresh(followed, minor);
            if (!EACH && !COMPARED.contains(minor)) {
                continue;
            }
            Path alone = folder.resolve("alone" + minor);
            refresh(alone, minor);
            for (String table : List.of("cpg_nodes", "cpg_edges")) {
                assertThat(differences(newest(followed, table), newest(alone, table)))
                        .as("%s of release 3.%d", table, minor)
                        .isEmpty();
            }
        }
        for (String table : List.of("cpg_nodes", "cpg_edges")) {
            assertThat(new FeedReplay(new RawTable(followed.resolve(table))).firstDifference())
                    .isEmpty();
        }
    }

    private void refresh(Path warehouse, int minor) throws InterruptedException {
        Millrace millrace = new Millrace(folder);
        String jar = "commons-lang3-3." + minor + ".0-sources.jar";
        millrace.run(
                        "extract",
                        Path.of(System.getProperty("library.folder"), jar).toString(),
                        "--warehouse",
                        warehouse.toString())
                .expect(0);
        millrace.run("refresh", "code-graph", "--warehouse", warehouse.toString()).expect(0);
    }

    /** The first rows that only one side has, or has more often. */
    private static List<String> differences(List<List<Object>> followed, List<List<Object>> alone) {
        Map<List<Object>, Integer> counts = new HashMap<>();
        followed.forEach(row -> counts.merge(row, 1, Integer::sum));
        alone.forEach(row -> counts.merge(row, -1, Integer::sum));
        return counts.entrySet().stream()
                .filter(row -> row.getValue() != 0)
                .map(row -> (row.getValue() > 0 ? "followed: " : "alone: ") + row.getKey())
                .limit(10)
                .toList();
    }

    private static List<List<Object>> newest(Path warehouse, String name) {
        RawTable table = new RawTable(warehouse.resolve(name));
        return table.rows(table.latestVersion());
    }
}
