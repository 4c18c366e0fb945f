package io.millrace.delta.commit;

import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.write.ParquetRowWriter;
import java.io.IOException;
import java.util.List;

/** What a commit changes, made from positions: the difference of two versions. */
sealed interface ChangedRows permits ChangePairs, ChangeMultiset {

    /** Takes rows that go and come again as they were out of the merge, and counts the others. */
    ChangeCounts pair() throws IOException;

    /** Writes the rows; after {@link #pair}. */
    List<ChangeFile> write(ParquetRowWriter out) throws IOException;
}
