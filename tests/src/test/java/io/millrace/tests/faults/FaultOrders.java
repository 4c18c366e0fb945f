package io.millrace.tests.faults;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.FaultPoint;
import io.millrace.tests.harness.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/** Orders for {@link FaultPoint}s of other processes, as files in a folder. */
final class FaultOrders {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path folder;
    private int orders;

    FaultOrders(Path folder) throws IOException {
        this.folder = requireNonNull(folder, "folder is null");
        Files.createDirectories(folder);
    }

    Path folder() {
        return folder;
    }

    /** An order that was given. */
    record Order(FaultPoint point, Path file) {

        /** Whether somebody has arrived there. */
        boolean isReached() {
            return Files.exists(reached()) && !pidText().isBlank() && pidText().matches("\\d+");
        }

        /** The process that has arrived; waits for it. */
        long awaitProcess() {
            Await.until(this::isReached, PATIENCE, () -> "nobody reaches " + point);
            return Long.parseLong(pidText());
        }

        /** Lets the one that is held go on. */
        void release() throws IOException {
            Files.writeString(file.resolveSibling(file.getFileName() + ".go"), "");
        }

        private String pidText() {
            try {
                return Files.readString(reached()).strip();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Path reached() {
            return file.resolveSibling(file.getFileName() + ".reached");
        }
    }

    /** Whoever arrives next has to wait until the order is released. */
    Order hold(FaultPoint point) throws IOException {
        return give(point, "hold");
    }

    Order fail(FaultPoint point, String message) throws IOException {
        return give(point, "fail " + message);
    }

    Order delay(FaultPoint point, long millis) throws IOException {
        return give(point, "delay " + millis);
    }

    private Order give(FaultPoint point, String what) throws IOException {
        String name = String.format(Locale.ROOT, "%s.%06d", point, orders++);
        Path written = folder.resolve(name + ".new");
        Files.writeString(written, what);
        Path order = folder.resolve(name);
        Files.move(written, order, StandardCopyOption.ATOMIC_MOVE);
        return new Order(point, order);
    }

    /** Takes back what nobody has reached. */
    void clear() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().matches(".*\\.\\d+")).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
