package io.dualbid.simulator.outage;

import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.simulator.outage.ExchangeRecord.NoticeKey;
import io.dualbid.simulator.outage.ExchangeRecord.Verdict;
import io.dualbid.stream.codec.RequestPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange has written down, read back: what it was promised, what it charged, what it
 * told.
 *
 * @see ExchangeRecord
 */
final class ExchangeBooks {
  private final Map<Place, Taken> bids = new LinkedHashMap<>();
  private final Map<BidId, String> takenFor = new HashMap<>();
  private final Map<NoticeKey, Long> told = new LinkedHashMap<>();
  private final Map<Owed, Integer> toldOf = new HashMap<>();
  private final Set<RequestPlace> asked = new HashSet<>();
  private long offered;
  private long repeatedNotices;

  /** Where a record lies in a topic. */
  record Place(int partition, long offset) {}

  /**
   * A valid bid as the exchange saw it.
   *
   * @param notices how many outcomes follow from it
   */
  record Taken(
      BidId id,
      String campaign,
      long amountNanos,
      Verdict verdict,
      long chargeNanos,
      int notices) {}

  /** Whose outcomes are counted: of an impression several campaigns may be told. */
  private record Owed(BidId bid, String campaign) {}

  /** Books without an entry. */
  ExchangeBooks() {}

  /**
   * Reads a record; a last line that was cut off is left out.
   *
   * @throws UncheckedIOException if it can't be read
   */
  static ExchangeBooks read(Path path) {
    ExchangeBooks books = new ExchangeBooks();
    if (!Files.exists(path)) {
      return books;
    }
    try {
      String text = Files.readString(path, StandardCharsets.UTF_8);
      try (Stream<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines()) {
        lines.forEach(books::line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the record " + path + " can't be read", e);
    }
    return books;
  }

  /** Takes in a line. */
  void line(String line) {
    String[] field = line.split("\t", -1);
    switch (field[0]) {
      case ExchangeRecord.OFFERED -> offered = Math.max(offered, Long.parseLong(field[1]) + 1);
      case ExchangeRecord.ASKED ->
          asked.add(new RequestPlace(Integer.parseInt(field[2]), Long.parseLong(field[3])));
      case ExchangeRecord.BID ->
          bid(
              new Place(Integer.parseInt(field[1]), Long.parseLong(field[2])),
              new Taken(
                  BidId.parse(field[3]),
                  field[4],
                  Long.parseLong(field[5]),
                  Verdict.valueOf(field[6]),
                  Long.parseLong(field[7]),
                  Integer.parseInt(field[8])));
      case ExchangeRecord.TOLD ->
          told(
              new NoticeKey(Kind.valueOf(field[1]), BidId.parse(field[2]), field[3]),
              Long.parseLong(field[4]));
      default -> throw new IllegalArgumentException("found the line " + line + " in a record");
    }
  }

  void bid(Place place, Taken taken) {
    bids.put(place, taken);
    if (taken.verdict() == Verdict.WON || taken.verdict() == Verdict.LOST) {
      takenFor.put(taken.id(), taken.campaign());
    }
  }

  void told(NoticeKey notice, long priceNanos) {
    if (told.put(notice, priceNanos) == null) {
      toldOf.merge(new Owed(notice.bid(), notice.campaign()), 1, Integer::sum);
    } else {
      repeatedNotices++;
    }
  }

  void asked(RequestPlace place) {
    asked.add(place);
  }

  /** Every bid that it saw, by its place in the topic. */
  Map<Place, Taken> bids() {
    return bids;
  }

  /** Whose bid was taken, or null if none was. */
  @Nullable String takenFor(BidId id) {
    return takenFor.get(id);
  }

  /** Outcomes that the broker confirmed, with their prices. */
  Map<NoticeKey, Long> told() {
    return told;
  }

  /** Where requests lie that the broker confirmed. */
  Set<RequestPlace> asked() {
    return asked;
  }

  /** How many requests were offered, confirmed or not. */
  long offered() {
    return offered;
  }

  /** Outcomes told once more, as after a death between telling and writing down. */
  long repeatedNotices() {
    return repeatedNotices;
  }

  /** Outcomes that follow from the bids and are not told yet. */
  long outstanding() {
    return bids.values().stream().mapToLong(this::outstanding).sum();
  }

  private int outstanding(Taken bid) {
    return Math.max(0, bid.notices() - toldOf.getOrDefault(new Owed(bid.id(), bid.campaign()), 0));
  }

  /**
   * From where on the topic of bids is to be read again: behind the last bid seen of each
   * partition, or at the first that is still owed an outcome.
   */
  Map<Integer, Long> positions() {
    Map<Integer, Long> positions = new HashMap<>();
    bids.forEach((place, bid) -> positions.merge(place.partition(), place.offset() + 1, Math::max));
    bids.forEach(
        (place, bid) -> {
          if (outstanding(bid) > 0) {
            positions.merge(place.partition(), place.offset(), Math::min);
          }
        });
    return positions;
  }
}
