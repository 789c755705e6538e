package io.dualbid.simulator.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * How far a simulation is, on standard error: on a terminal a line that renews itself, else one
 * every ten seconds. Thread safe.
 */
final class SimulateProgress implements LongConsumer, AutoCloseable {
  private static final long TERMINAL_NANOS = 200_000_000L;
  private static final long LINE_NANOS = 10_000_000_000L;
  private static final int BAR = 30;

  private final PrintStream err = System.err;
  private final boolean terminal = Boolean.getBoolean("dualbid.terminal");
  private final long total;
  private final long begin = System.nanoTime();
  private long done;
  private long told = begin;
  private boolean lineOpen;

  /** Towards this many auctions. */
  SimulateProgress(long total) {
    this.total = total;
  }

  @Override
  public synchronized void accept(long auctions) {
    done += auctions;
    long now = System.nanoTime();
    if (now - told < (terminal ? TERMINAL_NANOS : LINE_NANOS)) {
      return;
    }
    told = now;
    double seconds = (now - begin) / 1e9;
    double share = (double) done / total;
    String numbers =
        String.format(
            Locale.ROOT,
            "%3.0f%%  %.0fs, about %.0fs more, %.0f auctions a second",
            100 * share,
            seconds,
            seconds / share - seconds,
            done / seconds);
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
  public synchronized void close() {
    if (lineOpen) {
      err.println();
    }
  }
}
