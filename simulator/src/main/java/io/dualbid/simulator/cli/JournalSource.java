package io.dualbid.simulator.cli;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.simulator.journal.Journal;
import io.dualbid.simulator.journal.JournalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a journal is read from: a file that {@code dualbid journal} wrote, or a cluster. */
final class JournalSource {
  private JournalSource() {}

  /**
   * The journal.
   *
   * @param source a file, or addresses of brokers
   * @param config settings of the engine where it is a cluster, or null for the defaults
   */
  static Journal read(String source, @Nullable Path config) throws IOException {
    return Files.isRegularFile(Path.of(source)) ? file(source) : Journal.of(engine(source, config));
  }

  /** The journal of a file. */
  static Journal file(String source) throws IOException {
    try {
      return JournalFile.read(Path.of(source));
    } catch (IllegalArgumentException e) {
      throw new WrongInput(String.valueOf(e.getMessage()), e);
    }
  }

  /** The engine at a cluster. */
  static EngineConfig engine(String source, @Nullable Path config) throws IOException {
    if (!source.contains(":")) {
      throw new WrongInput(
          "--journal: found no file '" + source + "'; accepted: a file or HOST:PORT of brokers");
    }
    return config == null ? EngineFile.at(source) : EngineFile.read(config);
  }
}
