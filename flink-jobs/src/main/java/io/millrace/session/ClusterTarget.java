package io.millrace.session;

import static java.util.Objects.requireNonNull;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where jobs run. */
public sealed interface ClusterTarget {
    Pattern HOST_AND_PORT = Pattern.compile("([A-Za-z0-9_.-]+|\\[[0-9a-fA-F:]+]):(\\d{1,5})");

    /** A cluster in this process, with its web UI at a free port. */
    record Embedded() implements ClusterTarget {}

    /** A cluster in this process that runs already, and goes on when a job has ended. */
    record Running(EmbeddedCluster cluster) implements ClusterTarget {
        public Running {
            requireNonNull(cluster, "cluster is null");
        }
    }

    /** A session cluster, reached by its REST address. */
    record SessionCluster(String host, int port) implements ClusterTarget {
        public SessionCluster {
            requireNonNull(host, "host is null");
        }
    }

    /**
     * {@code local} or {@code HOST:PORT}.
     *
     * @throws IllegalArgumentException for anything else
     */
    static ClusterTarget parse(String text) {
        if (text.equals("local")) {
            return new Embedded();
        }
        Matcher matcher = HOST_AND_PORT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "target '" + text + "' is neither local nor HOST:PORT");
        }
        return new SessionCluster(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }
}
