package io.dualbid.simulator.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * How far work is whose size is known, on standard error, if it takes more than two seconds: on a
 * terminal a bar that renews itself, else a line every ten seconds. Not thread safe.
 */
final class WorkProgress implements AutoCloseable {
  private static final long PATIENCE_NANOS = 2_000_000_000L;
  private static final long TERMINAL_NANOS = 200_000_000L;
  private static final long LINE_NANOS = 10_000_000_000L;
  private static final int BAR = 30;

  private final PrintStream err = System.err;
  private final boolean terminal = Boolean.getBoolean("dualbid.terminal");
  private final String work;
  private final long begin = System.nanoTime();
  private long due = begin + (terminal ? PATIENCE_NANOS : LINE_NANOS);
  private boolean lineOpen;

  /** Work with a name, such as "reading". */
  WorkProgress(String work) {
    this.work = work;
  }

  /** So much of all is done; any unit will do. */
  void at(long done, long all) {
    long now = System.nanoTime();
    if (now < due || done <= 0 || all <= 0) {
      return;
    }
    due = now + (terminal ? TERMINAL_NANOS : LINE_NANOS);
    double share = Math.min(1, (double) done / all);
    double seconds = (now - begin) / 1e9;
    String numbers =
        String.format(
            Locale.ROOT,
            "%s %3.0f%%  %.0fs, about %.0fs more",
            work,
            100 * share,
            seconds,
            seconds / share - seconds);
    if (terminal) {
      int full = (int) (share * BAR);
      err.print("\r\u001b[K[" + "#".repeat(full) + ".".repeat(BAR - full) + "] " + numbers);
      err.flush();
      lineOpen = true;
    } else {
      err.println("dualbid: " + numbers);
    }
  }

  @Override
  public void close() {
    if (lineOpen) {
      err.print("\r\u001b[K");
      err.flush();
      lineOpen = false;
    }
  }
}
