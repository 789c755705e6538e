package io.dualbid.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Campaign.Status;
import io.dualbid.stream.metrics.MetricsEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes no checkpoints any more, on real Flink. */
class CheckpointsFailIT {
  private static final double LONG_MILLIS = 5_000;
  private static final double SHORT_MILLIS = 4_000;

  @Test
  void aFolderThatCanNotBeWrittenShowsAndItsRepairToo(@TempDir Path folder) throws Exception {
    String pacing =
        "win-window: 3s\n  leases: { lifetime: 2s, interval: 100ms }\n"
            + "state: { checkpoints: \""
            + folder.toUri()
            + "\" }";
    try (EngineHarness harness = new EngineHarness("disk", 1, "", pacing)) {
      harness.startPacing();
      harness.startBidding();
      harness.publish(EngineHarness.campaign("a", Status.ACTIVE, 10));
      harness.await(
          "it bids, so leases have left with a checkpoint", true, () -> !harness.bids().isEmpty());

      // A file stands where the folder of each job was: nobody can write below it, not even root.
      List<Path> jobs;
      try (Stream<Path> entries = Files.list(folder)) {
        jobs = entries.toList();
      }
      assertThat(jobs).hasSize(2);
      for (Path job : jobs) {
        replaceByFile(job);
      }
      harness.await(
          "the age of pacing's last checkpoint tells it",
          false,
          () -> age("pacing") > LONG_MILLIS && age("bidding") > LONG_MILLIS);

      for (Path job : jobs) {
        Files.delete(job);
        Files.createDirectories(job.resolve("shared"));
        Files.createDirectories(job.resolve("taskowned"));
      }
      harness.await(
          "checkpoints complete again",
          false,
          () -> age("pacing") < SHORT_MILLIS && age("bidding") < SHORT_MILLIS);
    }
  }

  /** A checkpoint that is under way may write meanwhile. */
  private static void replaceByFile(Path folder) throws IOException {
    Path gone = folder.resolveSibling(folder.getFileName() + ".gone");
    Files.move(folder, gone);
    Files.createFile(folder);
    try (Stream<Path> below = Files.walk(gone)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static double age(String job) {
    return MetricsEndpoint.shared("127.0.0.1", 0)
        .registry()
        .get("dualbid.checkpoint.age")
        .tag("job", job)
        .gauge()
        .value();
  }
}
