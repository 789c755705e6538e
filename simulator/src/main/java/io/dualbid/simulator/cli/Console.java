package io.dualbid.simulator.cli;

import io.dualbid.simulator.play.Play;
import io.dualbid.simulator.play.ResultFiles;
import io.dualbid.simulator.play.Sample;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells progress on standard error: on a terminal one line that renews itself every second, else a
 * line now and then.
 */
final class Console implements Play.Progress {
  private static final int SECONDS_BETWEEN_LINES = 10;

  private final PrintStream err = System.err;

  /** The launcher knows whether standard error is a terminal; Java doesn't. */
  private final boolean terminal = Boolean.getBoolean("dualbid.terminal");

  private final @Nullable ResultFiles files;
  private boolean lineOpen;
  private long samples;

  Console(@Nullable ResultFiles files) {
    this.files = files;
  }

  @Override
  public void say(String text) {
    endLine();
    err.println("dualbid: " + text);
  }

  @Override
  public void sample(Sample sample) {
    if (files != null) {
      files.add(sample);
    }
    String line = line(sample);
    if (terminal) {
      err.print("\r\u001b[K" + line);
      err.flush();
      lineOpen = true;
    } else if (samples % SECONDS_BETWEEN_LINES == 0) {
      err.println(line);
    }
    samples++;
  }

  private void endLine() {
    if (lineOpen) {
      err.println();
      lineOpen = false;
    }
  }

  private static String line(Sample s) {
    return String.format(
        Locale.ROOT,
        "%3.0fs  requests %d  bids %d  wins %d  spend %s of %s planned  reserved %s  leased %s"
            + "  age %.0fms%s",
        s.seconds(),
        s.requests(),
        s.bids(),
        s.wins(),
        amount(s.spent()),
        amount(s.planned()),
        amount(s.reserved()),
        amount(s.leased()),
        s.feedbackAgeMillis(),
        s.lag() < 0 ? "" : "  lag " + s.lag());
  }

  private static String amount(double value) {
    return String.format(Locale.ROOT, value >= 1_000 ? "%.0f" : "%.2f", value);
  }
}
