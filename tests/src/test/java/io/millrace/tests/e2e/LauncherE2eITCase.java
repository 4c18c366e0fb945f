package io.millrace.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tests.harness.Millrace;
import io.millrace.tests.harness.Millrace.Outcome;
import io.millrace.tests.harness.Millrace.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherE2eITCase {

    @TempDir Path folder;

    @Test
    void runsThroughASymbolicLinkFromAnyFolder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("m"), Path.of("n"));
        Files.createSymbolicLink(folder.resolve("n"), Millrace.root().resolve("millrace"));
        Outcome outcome = new Millrace(link, folder).run("--help").expect(0);
        assertThat(outcome.out()).contains("refresh");
    }

    @Test
    void twoAtOnceDoNotDisturbEachOther() throws Exception {
        Millrace millrace = new Millrace(folder);
        Running first = millrace.start("--help");
        Running second = millrace.start("--help");
        first.await().expect(0);
        second.await().expect(0);
    }

    @Test
    void usageErrorsEndWithExitCodeTwoAndOneLine() throws Exception {
        Outcome outcome = new Millrace(folder).run("refresh").expect(2);
        assertThat(outcome.lastLine()).startsWith("millrace: ");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void aMissingPipelineIsOneJsonDocument() throws Exception {
        Outcome outcome = new Millrace(folder).run("refresh", "no-such-pipeline", "--json");
        assertThat(outcome.exit()).isIn(2, 3);
        assertThat(outcome.json().at("/error/code").asInt()).isEqualTo(outcome.exit());
        assertThat(outcome.lastLine()).startsWith("millrace: ");
    }
}
