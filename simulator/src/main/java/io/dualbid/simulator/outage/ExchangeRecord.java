package io.dualbid.simulator.outage;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an exchange writes down for itself: requests offered, bids taken and what they were charged,
 * outcomes told. Append only; each line is with the operating system before anybody is told of it,
 * so a killed process has forgotten nothing that it said. (A machine that loses power may: nothing
 * is forced to the disk.)
 *
 * <pre>
 *   offered TAB number
 *   asked   TAB number TAB partition TAB offset                       the broker has the request
 *   bid     TAB partition TAB offset TAB bid id TAB campaign TAB nanos TAB verdict TAB charge nanos
 *           TAB number of notices
 *   told    TAB kind TAB bid id TAB campaign TAB price nanos          the broker has the outcome
 * </pre>
 *
 * <p>Thread safe.
 */
final class ExchangeRecord implements AutoCloseable {
  static final String OFFERED = "offered";
  static final String ASKED = "asked";
  static final String BID = "bid";
  static final String TOLD = "told";

  /** What an exchange makes of a valid bid. */
  enum Verdict {
    /** It won its auction. */
    WON,
    /** It lost its auction. */
    LOST,
    /** Another campaign's bid had been taken for the impression; it is told that it lost. */
    SUPERSEDED,
    /** The same bid again: nothing follows. */
    REPEATED
  }

  private final RandomAccessFile file;

  /**
   * Opens a record, or goes on with the one that is there: a last line that was cut off is dropped.
   *
   * @throws UncheckedIOException if it can't be written
   */
  ExchangeRecord(Path path) {
    try {
      file = new RandomAccessFile(path.toFile(), "rw");
      file.setLength(wholeLines(path));
      file.seek(file.length());
    } catch (IOException e) {
      throw new UncheckedIOException("the record " + path + " can't be written", e);
    }
  }

  private static long wholeLines(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  void offered(long number) {
    write(OFFERED + "\t" + number);
  }

  void asked(long number, int partition, long offset) {
    write(ASKED + "\t" + number + "\t" + partition + "\t" + offset);
  }

  void bid(int partition, long offset, Bid bid, Verdict verdict, long chargeNanos, int notices) {
    write(
        String.join(
            "\t",
            BID,
            Integer.toString(partition),
            Long.toString(offset),
            bid.id().toString(),
            bid.campaign(),
            Long.toString(bid.amountNanos()),
            verdict.name(),
            Long.toString(chargeNanos),
            Integer.toString(notices)));
  }

  void told(Outcome outcome) {
    write(
        String.join(
            "\t",
            TOLD,
            outcome.kind().name(),
            outcome.bidId().toString(),
            outcome.campaign(),
            Long.toString(outcome.priceNanos())));
  }

  private synchronized void write(String line) {
    try {
      file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the exchange can't write down: " + line, e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What tells one notice from all others. */
  record NoticeKey(Kind kind, BidId bid, String campaign) {
    static NoticeKey of(Outcome outcome) {
      return new NoticeKey(outcome.kind(), outcome.bidId(), outcome.campaign());
    }
  }
}
