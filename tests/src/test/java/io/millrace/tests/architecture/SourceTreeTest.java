package io.millrace.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SourceTreeTest {

    private static final int LONGEST_FILE = 350;

    /** Home folders, and folders that only one machine has. */
    private static final Pattern MACHINE_PATH =
            Pattern.compile(
                    "(?<![\\w./$}])/(work/(main|wt|shared)|root/|home/\\w+/|Users/\\w+/|tmp/\\w)");

    private static final Pattern SLEEP = Pattern.compile("\\b(Thread|SECONDS)\\.sleep\\(");

    private final SourceTree tree = SourceTree.ofThisProject();

    @Test
    void seesTheProject() {
        assertThat(tree.files().stream().map(tree::name))
                .contains("pom.xml", "millrace", ".ci/run", "tests/pom.xml");
    }

    @Test
    void noJavaFileIsLongerThanAPersonReads() {
        assertThat(
                        tree.javaFiles().stream()
                                .filter(file -> SourceTree.lines(file).size() > LONGEST_FILE)
                                .map(
                                        file ->
                                                tree.name(file)
                                                        + ": "
                                                        + SourceTree.lines(file).size()
                                                        + " lines"))
                .isEmpty();
    }

    @Test
    void noFileNamesAPathOfOneMachine() {
        assertThat(matches(tree.files(), MACHINE_PATH)).isEmpty();
    }

    @Test
    void nothingSleepsInTests() {
        List<Path> tests =
                tree.javaFiles().stream()
                        .filter(file -> tree.name(file).contains("/src/test/"))
                        .filter(file -> !file.endsWith("SourceTreeTest.java"))
                        .toList();
        assertThat(matches(tests, SLEEP)).isEmpty();
    }

    private List<String> matches(List<Path> files, Pattern pattern) {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            int number = 0;
            for (String line : SourceTree.lines(file)) {
                number++;
                if (pattern.matcher(line).find()) {
                    found.add(tree.name(file) + ":" + number + ": " + line.strip());
                }
            }
        }
        return found;
    }
}
