package io.millrace.cli.doctor;

import io.millrace.session.ClusterTarget;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** Looks at everything that Millrace needs; starts nothing and leaves nothing behind. */
public final class Doctor {
    private Doctor() {}

    /** What was found, in the order of the report. */
    public static List<Finding> examine(Path warehouse, ClusterTarget target) {
        List<Finding> findings = new ArrayList<>(Machine.check());
        findings.add(WarehouseAccess.check(warehouse));
        findings.addAll(
                ClassPath.check(
                        List.of(System.getProperty("java.class.path").split(File.pathSeparator))));
        findings.add(Cluster.check(target, EnvironmentInformation.getVersion()));
        return findings;
    }
}
