package io.millrace.delta.source;

import io.millrace.delta.scan.PartitionColumn;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.types.RowKind;

/**
 * Which rows a batch job needs of a read, beside those that the read's filter says. Serves to leave
 * out files; whoever reads looks at each row again.
 *
 * @param joinedBy columns of the values that the job may find, before files are read, to be all
 *     that are needed
 * @param kinds of changes
 */
@Internal
public record NeededRows(List<PartitionColumn> joinedBy, Set<RowKind> kinds)
        implements Serializable {

    public static final Set<RowKind> ALL_KINDS = Set.copyOf(EnumSet.allOf(RowKind.class));

    public static final NeededRows ALL = new NeededRows(List.of(), ALL_KINDS);

    public NeededRows {
        joinedBy = List.copyOf(joinedBy);
        kinds = Set.copyOf(kinds);
    }
}
