package io.dualbid.simulator.audit;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a campaign, counted once.
 *
 * @param kind what
 * @param timeMillis when the broker appended it
 * @param chargeNanos what it was charged; 0 for none
 * @param minimumToWinNanos of a loss the lowest bid that would have won; {@link Outcome#UNKNOWN}
 *     where that is not told, and for the others
 * @param value of a bid, win or loss the value expected of a win; of what came later the value that
 *     it brought; in account currency
 * @param userKey key for counting impressions of a user, or null where the bid tells none
 */
public record JournalEntry(
    Kind kind,
    long timeMillis,
    long chargeNanos,
    long minimumToWinNanos,
    double value,
    @Nullable Long userKey) {
  /** What can happen. */
  public enum Kind {
    BID,
    WIN,
    LOSS,
    CLICK,
    CONVERSION,
    CORRECTION,
    /** A click that is paid for was charged; the click itself is an entry of its own. */
    CHARGE
  }

  static JournalEntry bid(Bid bid, long timeMillis) {
    return of(Kind.BID, bid, timeMillis, 0, Outcome.UNKNOWN);
  }

  static JournalEntry win(Bid bid, long timeMillis, long chargeNanos) {
    return of(Kind.WIN, bid, timeMillis, chargeNanos, Outcome.UNKNOWN);
  }

  static JournalEntry loss(Bid bid, long timeMillis, long minimumToWinNanos) {
    return of(Kind.LOSS, bid, timeMillis, 0, minimumToWinNanos);
  }

  static JournalEntry later(Outcome outcome, long timeMillis) {
    Kind kind =
        switch (outcome.kind()) {
          case CLICK -> Kind.CLICK;
          case CONVERSION -> Kind.CONVERSION;
          case CORRECTION -> Kind.CORRECTION;
          case WIN, LOSS -> throw new IllegalArgumentException("no later outcome: " + outcome);
        };
    return new JournalEntry(kind, timeMillis, 0, Outcome.UNKNOWN, outcome.value(), null);
  }

  static JournalEntry charge(long timeMillis, long chargeNanos) {
    return new JournalEntry(Kind.CHARGE, timeMillis, chargeNanos, Outcome.UNKNOWN, 0, null);
  }

  private static JournalEntry of(
      Kind kind, Bid bid, long timeMillis, long chargeNanos, long minimumToWinNanos) {
    return new JournalEntry(
        kind, timeMillis, chargeNanos, minimumToWinNanos, bid.value(), bid.userKey());
  }
}
