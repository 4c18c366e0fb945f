package io.millrace.session;

import static java.util.Objects.requireNonNull;

/** A session in which statements run one after the other, and the cluster that it brought. */
public final class StatementSession implements AutoCloseable {
    private final Session session;
    private final AutoCloseable cluster;

    StatementSession(Session session, AutoCloseable cluster) {
        this.session = requireNonNull(session, "session is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    public Session session() {
        return session;
    }

    /** Ends the jobs that run on the embedded cluster; those on another go on. */
    @Override
    public void close() {
        try {
            cluster.close();
        } catch (Exception e) {
            throw new IllegalStateException("The session's cluster cannot be closed.", e);
        }
    }
}
