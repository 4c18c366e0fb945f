package io.millrace.planner.guards;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.TableConfig;
import org.apache.flink.table.api.ValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the guards of a session found. A planner runs its programs more than once; each finding is
 * kept and logged once.
 */
public final class Findings {
    private static final Logger LOG = LoggerFactory.getLogger(Findings.class);

    private final Set<String> warnings = new LinkedHashSet<>();

    /** What was found and not refused, in the order found. */
    public synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * Takes a finding.
     *
     * @param message without what turns the guard off
     * @throws ValidationException if the setting says so
     */
    void add(TableConfig config, ConfigOption<GuardMode> option, String message) {
        GuardMode mode = config.get(option);
        if (mode == GuardMode.REFUSE) {
            throw new ValidationException(
                    message + " Or set '" + option.key() + "' to 'warn' or 'off'.");
        }
        if (mode == GuardMode.WARN && warn(message + " (" + option.key() + ")")) {
            LOG.warn("{} ({})", message, option.key());
        }
    }

    private synchronized boolean warn(String message) {
        return warnings.add(message);
    }
}
