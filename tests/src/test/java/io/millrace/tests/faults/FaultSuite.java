package io.millrace.tests.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The whole suite as a program: each named fault once, then random rounds. See tests/faults. */
public final class FaultSuite {

    private FaultSuite() {}

    /**
     * @param args rounds, seed, and optionally {@code random} or a part of the names to play only
     *     those
     */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime() & 0xffffff;
        String only = args.length > 2 ? args[2] : "";
        System.out.printf("seed %d, %d random rounds%n", seed, rounds);
        Path folder = Files.createTempDirectory("millrace-faults-");
        System.out.println("folder " + folder);
        long start = System.nanoTime();
        Random random = new Random(seed);
        Map<String, Integer> played = new TreeMap<>();
        try (FaultStage stage = new FaultStage(folder, folder.resolve("warehouse"), random)) {
            stage.run(2);
            stage.awaitCurrent();
            List<FaultCase> named =
                    NamedFaults.all().stream().filter(c -> c.name().contains(only)).toList();
            for (FaultCase fault : only.equals("random") ? List.<FaultCase>of() : named) {
                play(fault, stage, played);
            }
            RandomFaults faults = new RandomFaults(random);
            for (int i = 0; i < rounds; i++) {
                play(faults.next(), stage, played);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d faults, %d versions of 2 results looked at, %d versions of the source, %d s, 0 wrong%n",
                    played.values().stream().mapToInt(Integer::intValue).sum(),
                    stage.versions(),
                    stage.accounts().version() + 1,
                    Duration.ofNanos(System.nanoTime() - start).toSeconds());
            played.forEach((name, count) -> System.out.printf("%5d  %s%n", count, name));
        }
    }

    private static void play(FaultCase fault, FaultStage stage, Map<String, Integer> played)
            throws Exception {
        long start = System.nanoTime();
        fault.runOn(stage);
        played.merge(fault.name(), 1, Integer::sum);
        System.out.printf(
                Locale.ROOT, "%5.1f s  %s%n", (System.nanoTime() - start) / 1e9, fault.name());
    }
}
