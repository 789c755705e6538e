package io.dualbid.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.dualbid.core.configuration.EngineConfig.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Savepoints of all jobs as a version of the engine left them, and what they held: one folder a
 * version among the test resources.
 *
 * @param version of the engine
 * @param spentNanos by campaign, when the jobs were stopped
 * @param ends of the topics then, by {@code topic/partition}: the jobs go on from there
 */
record KeptState(String version, SortedMap<String, Long> spentNanos, SortedMap<String, Long> ends) {
  static final Path FOLDER = Path.of("src", "test", "resources", "state", "savepoints");

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String ABOUT = "about.json";

  /** What is kept, by version. */
  static List<KeptState> all() {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders.filter(Files::isDirectory).sorted().map(KeptState::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeptState read(Path folder) {
    try {
      return MAPPER.readValue(folder.resolve(ABOUT).toFile(), KeptState.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write() {
    try {
      Files.createDirectories(folder());
      MAPPER.writeValue(folder().resolve(ABOUT).toFile(), this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What engines of the tests are called, and with them their topics, which savepoints name. */
  static String engine(String version) {
    return "kept-" + version;
  }

  Path folder() {
    return FOLDER.resolve(version);
  }

  /** The savepoint of a job. */
  Path savepoint(String job) {
    return folder().resolve(job).toAbsolutePath();
  }

  /** All topics of an engine. */
  static List<String> names(Topics topics) {
    return List.of(
        topics.bidRequests(),
        topics.bids(),
        topics.noBids(),
        topics.outcomes(),
        topics.campaigns(),
        topics.pacing(),
        topics.leases(),
        topics.deadLetters(),
        topics.contentRequests(),
        topics.placements());
  }

  /** A map that grows. */
  static SortedMap<String, Long> empty() {
    return new TreeMap<>();
  }
}
