package io.millrace.tests.faults;

import static java.util.Objects.requireNonNull;

/**
 * One situation of the suite. The pipeline runs when it begins; when it ends the pipeline has to
 * run, too, or is about to come back by itself.
 */
record FaultCase(String name, Play play) {

    /** What happens. */
    @FunctionalInterface
    interface Play {
        void on(FaultStage stage) throws Exception;
    }

    FaultCase {
        requireNonNull(name, "name is null");
        requireNonNull(play, "play is null");
    }

    /** Plays it, waits until the results are current, and looks at every version. */
    void runOn(FaultStage stage) throws Exception {
        play.on(stage);
        stage.orders().clear();
        stage.fillCluster();
        stage.transfers(2);
        stage.awaitCurrent();
        stage.check();
    }
}
