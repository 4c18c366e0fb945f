package io.millrace.tests.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's tour of SQL, run from its text: each block of statements, and what it shows. */
class TourITCase {

    @TempDir private Path warehouse;

    @Test
    void theTourShowsWhatTheReadmeSays() throws Exception {
        List<Tour.Stop> stops = Tour.stops();
        assertThat(stops).hasSize(5);
        Tour.run(warehouse, stops);
    }
}
