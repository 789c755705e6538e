package io.dualbid.simulator.play;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes {@code timeseries.csv} as it happens and {@code summary.json} at the end. */
public final class ResultFiles implements AutoCloseable {
  private final Path folder;
  private final BufferedWriter series;

  /**
   * Opens the files in a folder, which is made where it is missing.
   *
   * @throws IOException if that can't be done
   */
  public ResultFiles(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    series = Files.newBufferedWriter(folder.resolve("timeseries.csv"), StandardCharsets.UTF_8);
    series.write(
        "seconds,requests,bids,wins,clicks,spent,planned,reserved,leased,budget,value,"
            + "feedback_age_ms,lag,multiplier\n");
  }

  /** Adds a row. */
  public void add(Sample s) {
    try {
      series.write(
          String.format(
              Locale.ROOT,
              "%.3f,%d,%d,%d,%d,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g,%.1f,%d,%.9g%n",
              s.seconds(),
              s.requests(),
              s.bids(),
              s.wins(),
              s.clicks(),
              s.spent(),
              s.planned(),
              s.reserved(),
              s.leased(),
              s.budget(),
              s.value(),
              s.feedbackAgeMillis(),
              s.lag(),
              s.multiplier()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file beside the rows, such as the summary or the configuration. */
  public void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Override
  public void close() throws IOException {
    series.close();
  }
}
