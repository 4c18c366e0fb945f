package io.millrace.bench;

import static java.util.Objects.requireNonNull;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.JobExecutionResult;

/**
 * One job that reads a feed and touches every field.
 *
 * @param read rows and sum that {@link TouchOperator} has counted, and the seconds from when the
 *     JobManager had the job until it had ended
 * @param cpuSeconds of the whole process between submission and end, which others on the machine
 *     disturb less
 */
public record ScanRound(Round read, double cpuSeconds) {

    private static final double MILLIS_PER_SECOND = 1000;
    private static final double NANOS_PER_SECOND = 1e9;

    public ScanRound {
        requireNonNull(read, "read is null");
    }

    /** CPU time that this process has used so far, in nanoseconds. */
    public static long processCpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /**
     * @param cpuNanosBefore what {@link #processCpuNanos} gave when the job was submitted
     */
    public static ScanRound of(JobExecutionResult ended, long cpuNanosBefore) {
        double cpuSeconds = (processCpuNanos() - cpuNanosBefore) / NANOS_PER_SECOND;
        Long rows = ended.getAccumulatorResult(TouchOperator.ROWS);
        Long sum = ended.getAccumulatorResult(TouchOperator.SUM);
        return new ScanRound(
                new Round(rows, ended.getNetRuntime() / MILLIS_PER_SECOND, sum), cpuSeconds);
    }

    public double rowsPerSecond() {
        return read.rowsPerSecond();
    }

    public double cpuNanosPerRow() {
        return cpuSeconds * NANOS_PER_SECOND / read.rows();
    }

    public Map<String, Object> toDocument() {
        Map<String, Object> document = new LinkedHashMap<>(read.toDocument());
        document.put("cpu_seconds", cpuSeconds);
        return document;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d rows in %.2f s: %,.0f rows/s; %.2f s of CPU: %,.0f ns a row",
                read.rows(),
                read.seconds(),
                rowsPerSecond(),
                cpuSeconds,
                cpuNanosPerRow());
    }
}
