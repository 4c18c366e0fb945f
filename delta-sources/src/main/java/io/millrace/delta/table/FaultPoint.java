package io.millrace.delta.table;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Moments of a write at which tests let a process hang, fail or die. Without the system property
 * {@code millrace.test.faults} nothing happens there.
 *
 * <p>The property names a folder. A file {@code <POINT>.<n>} in it is an order for one arrival at
 * the point: {@code fail <message>}, {@code delay <milliseconds>}, or {@code hold}, which waits for
 * a file {@code <POINT>.<n>.go}. Whoever takes an order renames the file to {@code
 * <POINT>.<n>.reached} and writes the number of its process into it.
 */
public enum FaultPoint {
    /** A writer is about to write what a checkpoint changes. */
    FLUSH,
    /** The committable is made and goes into the checkpoint that is being taken. */
    PRE_COMMIT,
    /** The checkpoint is complete, its committables are about to be committed. */
    COMMIT,
    /** All that the commit consists of is decided, its log file is about to be written. */
    LOG_FILE,
    /** The log file is there, nobody has been told. */
    LOG_FILE_WRITTEN,
    /** A checkpoint of the log is about to be written. */
    LOG_CHECKPOINT;

    public static final String PROPERTY = "millrace.test.faults";

    private static final long LOOK_AGAIN_NANOS = 5_000_000;

    /**
     * Carries out an order, if there is one.
     *
     * @throws IOException if the order is to fail
     */
    public void reached() throws IOException {
        String folder = System.getProperty(PROPERTY);
        if (folder != null) {
            for (Path order : orders(Path.of(folder))) {
                Path taken = order.resolveSibling(order.getFileName() + ".reached");
                if (take(order, taken)) {
                    carryOut(order, Files.readString(taken).strip(), taken);
                    return;
                }
            }
        }
    }

    private List<Path> orders(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(name() + "\\.\\d+"))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static boolean take(Path order, Path taken) throws IOException {
        try {
            Files.move(order, taken, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            return false; // Another thread or process was faster.
        }
    }

    private static void carryOut(Path order, String what, Path taken) throws IOException {
        Files.writeString(taken, Long.toString(ProcessHandle.current().pid()));
        String argument = what.substring(what.indexOf(' ') + 1);
        if (what.startsWith("fail ")) {
            throw new IOException(argument);
        } else if (what.startsWith("delay ")) {
            await(
                    System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(argument)),
                    null);
        } else if (what.equals("hold")) {
            await(Long.MAX_VALUE, order.resolveSibling(order.getFileName() + ".go"));
        } else {
            throw new IOException(order + ": '" + what + "' is no order");
        }
    }

    private static void await(long deadline, Path file) throws InterruptedIOException {
        while (System.nanoTime() < deadline && (file == null || !Files.exists(file))) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedIOException("interrupted at a point of faults");
            }
        }
    }
}
