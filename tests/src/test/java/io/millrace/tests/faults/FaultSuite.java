package io.millrace.tests.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The whole suite as a program: each named fault once, then random rounds. See tests/faults. */
public final class FaultSuite {

    private static final int DISK_MEGABYTES = 600;

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
        try (SmallDisk disk = new SmallDisk(folder.resolve("disk"), DISK_MEGABYTES);
                FaultStage stage =
                        new FaultStage(folder, folder.resolve("disk/warehouse"), random)) {
            stage.run(2);
            stage.awaitCurrent();
            List<FaultCase> named = new ArrayList<>(NamedFaults.all());
            if (disk.isMounted()) {
                named.add(new FaultCase("disk full", s -> diskFull(s, disk)));
            } else {
                System.out.println("disk full: not played, it needs root");
            }
            named.removeIf(fault -> !fault.name().contains(only));
            for (FaultCase fault : only.equals("random") ? List.<FaultCase>of() : named) {
                play(fault, stage, played);
            }
            stage.letOthersCommit(true);
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

    private static void diskFull(FaultStage stage, SmallDisk disk) throws Exception {
        disk.fill();
        stage.transfers(40);
        disk.free();
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
