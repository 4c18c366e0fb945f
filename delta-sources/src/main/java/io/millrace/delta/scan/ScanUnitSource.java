package io.millrace.delta.scan;

import java.util.Optional;
import org.apache.flink.annotation.Internal;

/** A table source that can say what it reads. */
@Internal
public interface ScanUnitSource {

    /** Empty for a source that reads no version as a whole. Goes through the table's log. */
    Optional<ScanUnit> scanUnit();
}
