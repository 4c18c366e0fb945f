package io.millrace.cli;

import io.millrace.cli.doctor.Doctor;
import io.millrace.cli.doctor.Finding;
import io.millrace.cli.doctor.Finding.Level;
import io.millrace.session.ClusterTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doctor}: ends with 3 where something fails. */
@Command(
        name = "doctor",
        description =
                "Looks at JDK, memory, native parts, warehouse, libraries and cluster, and says what to do.",
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements CliCommand {
    @Mixin private CommonOptions common = new CommonOptions();

    private int code = Main.DONE;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public CommandResult run(CommandIo io) {
        List<Finding> findings = Doctor.examine(common.warehouse(), target());
        List<Map<String, Object>> checks = new ArrayList<>();
        for (Finding finding : findings) {
            Map<String, Object> check = new LinkedHashMap<>();
            check.put("check", finding.what());
            check.put("status", finding.level().toString());
            check.put("found", finding.found());
            check.put("todo", finding.todo());
            checks.add(check);
        }
        long fails = count(findings, Level.FAIL);
        long warnings = count(findings, Level.WARN);
        code = fails > 0 ? Main.REFUSED : Main.DONE;
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("status", fails > 0 ? "fail" : warnings > 0 ? "warn" : "ok");
        document.put("checks", checks);
        return new CommandResult(
                document,
                findings.stream().map(Finding::line).toList(),
                "doctor: %d checks, %d warnings, %d failures"
                        .formatted(findings.size(), warnings, fails));
    }

    @Override
    public int exitCode() {
        return code;
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private ClusterTarget target() {
        try {
            return ClusterTarget.parse(common.target());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
