package io.dualbid.simulator.outage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;

/**
 * Where jobs save their state: finds the newest that a job has completed, be it a checkpoint or a
 * savepoint. It has to be the newest: what was written with a checkpoint is seen by others once it
 * is complete, and an older state knows nothing of it.
 *
 * <p>Flink writes the file {@value #COMPLETE} last and under another name first, so that a state
 * with it is whole.
 */
final class SavedState {
  private static final String COMPLETE = "_metadata";

  /** Below a folder of a job: {@code chk-17/_metadata}, {@code savepoint-0a1b2c/_metadata}. */
  private static final int DEPTH = 2;

  private final Path checkpoints;
  private final Path savepoints;

  /** States below these folders, which exist. */
  SavedState(Path checkpoints, Path savepoints) {
    this.checkpoints = checkpoints;
    this.savepoints = savepoints;
  }

  /** The folder for savepoints of a job. */
  String savepointFolder(JobID job) {
    return savepoints.resolve(job.toString()).toUri().toString();
  }

  /** The newest complete state of a job, as Flink takes it, or null if there is none. */
  @Nullable String newest(JobID job) {
    Path newest = null;
    FileTime newestTime = FileTime.fromMillis(0);
    for (Path folder : List.of(checkpoints, savepoints)) {
      for (Path complete : complete(folder.resolve(job.toString()))) {
        FileTime time = time(complete);
        if (time != null && time.compareTo(newestTime) > 0) {
          newest = complete.getParent();
          newestTime = time;
        }
      }
    }
    return newest == null ? null : newest.toUri().toString();
  }

  private static List<Path> complete(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found =
        Files.find(
            folder, DEPTH, (path, attributes) -> path.getFileName().toString().equals(COMPLETE))) {
      return found.toList();
    } catch (IOException | UncheckedIOException e) {
      // A checkpoint that is being removed while it is looked at: another one is newer.
      return List.of();
    }
  }

  private static @Nullable FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      // Removed in the meantime, since a newer one is complete.
      return null;
    }
  }
}
