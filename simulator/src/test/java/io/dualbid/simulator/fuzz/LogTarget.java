package io.dualbid.simulator.fuzz;

import io.dualbid.simulator.log.AllocationStream;
import io.dualbid.simulator.log.AllocationTape;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.AuctionLog.Part;
import io.dualbid.simulator.log.AuctionLog.Progress;
import io.dualbid.simulator.log.Capacities;
import io.dualbid.simulator.log.LogFormat;
import io.dualbid.simulator.log.LogStream;
import io.dualbid.simulator.log.SkippedRows;
import io.dualbid.simulator.log.WrongLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Logs of every format: each is read, or refused with file and line.
 *
 * <p>The first character chooses the kind; the rest is the file, gzipped here where the character
 * is upper case, so that mutations get past the checksum.
 */
public final class LogTarget {
  /** Ends of names, the first by {@code a}; an empty one is iPinYou's. */
  static final List<String> KINDS =
      List.of(".tsv", ".csv", ".jsonl", "", ".allocations", ".csv.gz", ".jsonl.gz", ".parquet");

  private static final Path FOLDER = folder();

  private LogTarget() {}

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("dualbid-fuzz-");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one file. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    if (data.length == 0) {
      return;
    }
    boolean zipped = Character.isUpperCase(data[0]);
    String kind = KINDS.get(Math.floorMod(Character.toLowerCase(data[0]) - 'a', KINDS.size()));
    boolean zips = zipped && !kind.endsWith(".gz") && !kind.equals(".parquet");
    byte[] bytes = Arrays.copyOfRange(data, 1, data.length);
    Path file = FOLDER.resolve("log" + kind + (zips ? ".gz" : ""));
    file.toFile().deleteOnExit();
    Files.write(file, zips ? gzip(bytes) : bytes);
    boolean skipping = bytes.length % 2 == 0;
    Path aside = FOLDER.resolve("skipped.jsonl");
    aside.toFile().deleteOnExit();
    try (SkippedRows skipped = new SkippedRows(aside)) {
      if (kind.equals(".allocations")) {
        allocations(file, skipping ? skipped : null);
      } else {
        auctions(file, kind.isEmpty() ? LogFormat.IPINYOU : null, skipping ? skipped : null);
      }
    } catch (WrongLog e) {
      if (!String.valueOf(e.getMessage()).matches("(?s).*:\\d+:\\d+: found .*; accepted: .*")) {
        throw e;
      }
    }
  }

  private static void auctions(Path file, @Nullable LogFormat format, @Nullable SkippedRows skipped)
      throws IOException {
    LogStream.isAllocationLog(file, false);
    try (LogStream stream = new LogStream(List.of(file), format, true, skipped);
        AuctionLog log = AuctionLog.read(List.of(file), stream, Part.ALL, Progress.NONE)) {
      if (log.rows() == 0) {
        throw World.wrong("a log without rows was taken");
      }
    }
  }

  private static void allocations(Path file, @Nullable SkippedRows skipped) throws IOException {
    Capacities capacities = new Capacities();
    try (AllocationStream stream = new AllocationStream(List.of(file), capacities, skipped);
        AllocationTape tape =
            AllocationTape.read(
                List.of(file), stream, capacities, 1, Long.MAX_VALUE, Progress.NONE)) {
      if (tape.arrivals() == 0) {
        throw World.wrong("a log without arrivals was taken");
      }
    }
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
