package io.millrace.cli.doctor;

import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.rocksdb.RocksDB;
import org.xerial.snappy.Snappy;

/** The Java runtime, its memory, and the native parts that are loaded into it. */
final class Machine {
    private static final int BUILT_FOR = 17;
    private static final long MEGABYTE = 1L << 20;
    private static final long ENOUGH = 1024;
    private static final long LEAST = 400;

    private Machine() {}

    static List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java(Runtime.version().feature(), System.getProperty("java.vendor", "")));
        findings.add(memory(Runtime.getRuntime().maxMemory() / MEGABYTE, physical()));
        Charset charset = Charset.defaultCharset();
        findings.add(
                charset.equals(StandardCharsets.UTF_8)
                        ? Finding.ok("encoding", "UTF-8")
                        : Finding.warn(
                                "encoding",
                                "the default encoding is " + charset,
                                "Set LC_ALL=C.UTF-8, or MILLRACE_JVM_OPTS=-Dfile.encoding=UTF-8"));
        findings.add(loads("RocksDB", "profiles streaming and cluster", Machine::rocksDb));
        findings.add(loads("zstd", "data files with zstd, the default", Machine::zstd));
        findings.add(loads("snappy", "data files with snappy", Machine::snappy));
        return findings;
    }

    static Finding java(int feature, String vendor) {
        String found = "Java " + feature + " (" + vendor + ")";
        if (feature < BUILT_FOR) {
            return Finding.fail("java", found, "Install a JDK " + BUILT_FOR + " and set JAVA_HOME");
        }
        return feature == BUILT_FOR
                ? Finding.ok("java", found)
                : Finding.warn(
                        "java", found, "Tested with Java " + BUILT_FOR + "; set JAVA_HOME to one");
    }

    /**
     * @param heap largest heap in MB
     * @param physical memory of the machine in MB
     */
    static Finding memory(long heap, long physical) {
        String found = "%d MB heap of %d MB of the machine".formatted(heap, physical);
        if (heap < LEAST) {
            return Finding.fail("memory", found, "Give at least 1 GB: MILLRACE_HEAP=1g");
        }
        // An embedded cluster takes buffers and managed memory outside of the heap.
        if (heap + ENOUGH > physical) {
            return Finding.warn(
                    "memory",
                    found,
                    "Leave 1 GB beside the heap: set MILLRACE_HEAP, such as "
                            + Math.max(LEAST, physical / 2)
                            + "m");
        }
        return heap < ENOUGH
                ? Finding.warn("memory", found, "Give at least 1 GB: MILLRACE_HEAP=1g")
                : Finding.ok("memory", found);
    }

    private static long physical() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize() / MEGABYTE
                : Long.MAX_VALUE / MEGABYTE;
    }

    static Finding loads(String what, String needed, Supplier<String> load) {
        try {
            return Finding.ok(what, load.get());
        } catch (LinkageError | RuntimeException e) {
            return Finding.fail(
                    what,
                    "its native part does not load, which "
                            + needed
                            + " need: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    "Use a glibc system on x86-64 or aarch64 whose "
                            + System.getProperty("java.io.tmpdir")
                            + " allows executables (not mounted noexec)");
        }
    }

    private static String rocksDb() {
        RocksDB.loadLibrary();
        return "native part loads, version " + RocksDB.rocksdbVersion();
    }

    private static String zstd() {
        byte[] bytes = new byte[64];
        com.github.luben.zstd.Zstd.compress(bytes);
        return "native part loads";
    }

    private static String snappy() {
        try {
            Snappy.compress(new byte[64]);
            return "native part loads, version " + Snappy.getNativeLibraryVersion();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
