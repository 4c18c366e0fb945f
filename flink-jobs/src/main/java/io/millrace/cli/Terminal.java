package io.millrace.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** Progress on standard error. */
final class Terminal implements CommandIo {
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private String shown = "";
    private String lastStatus = "";
    private long lastPrinted;

    Terminal(PrintStream out, PrintStream err, boolean interactive) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
    }

    @Override
    public synchronized void progress(String line) {
        clear();
        err.println(line);
    }

    @Override
    public synchronized void status(String line) {
        if (interactive) {
            clear();
            err.print(line);
            err.flush();
            shown = line;
        } else if (!line.equals(lastStatus)
                && (lastPrinted == 0 || System.nanoTime() - lastPrinted > QUIET_NANOS)) {
            err.println(line);
            lastStatus = line;
            lastPrinted = System.nanoTime();
        }
    }

    @Override
    public OutputStream output() {
        return out;
    }

    /** Nothing more comes. */
    synchronized void end() {
        clear();
    }

    private void clear() {
        if (!shown.isEmpty()) {
            err.print("\r" + " ".repeat(shown.length()) + "\r");
            shown = "";
        }
    }
}
