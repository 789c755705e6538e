package io.dualbid.simulator.exchange;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.simulator.world.Auction;
import java.util.ArrayList;
import java.util.List;

/**
 * What an exchange tells of a bid, and when: a function of seed, bid and auction alone, so that an
 * exchange that starts anew tells the same under the same ids.
 */
public final class Notices {
  private final Delays delays;
  private final long seed;

  /**
   * Notices after these delays.
   *
   * @param seed of the delays
   */
  public Notices(Delays delays, long seed) {
    this.delays = delays;
    this.seed = seed;
  }

  /**
   * What is told of a bid that took part in its auction: a loss, or a win with what came of it.
   * Each is due at its own {@link Outcome#timeMillis()}, and they are in that order.
   *
   * @param appendMillis when the broker appended the bid
   */
  public List<Outcome> of(Bid bid, Auction auction, long appendMillis) {
    return auction.wonBy(bid.amountNanos())
        ? won(bid, auction, appendMillis)
        : List.of(lost(bid, auction.priceNanos(), appendMillis));
  }

  /** What is told of a bid on an impression that another campaign's bid had been taken for. */
  public Outcome superseded(Bid bid, long appendMillis) {
    return lost(bid, Outcome.UNKNOWN, appendMillis);
  }

  private Outcome lost(Bid bid, long minimum, long appendMillis) {
    long time = appendMillis + delays.notice(seed, bid.id());
    return outcome(time, Kind.LOSS, bid, 0, minimum, 0, Outcome.UNKNOWN);
  }

  private List<Outcome> won(Bid bid, Auction auction, long appendMillis) {
    long won = appendMillis + delays.notice(seed, bid.id());
    long charge = auction.chargeNanos(bid.amountNanos());
    List<Outcome> told = new ArrayList<>(3);
    told.add(outcome(won, Kind.WIN, bid, charge, auction.priceNanos(), 0, Outcome.UNKNOWN));
    if (auction.clicked()) {
      long time = won + delays.click(seed, bid.id());
      double value = clickValue(bid, auction);
      told.add(outcome(time, Kind.CLICK, bid, 0, Outcome.UNKNOWN, value, won));
      if (auction.converted()) {
        // The world knows no baskets: the click has brought all there is.
        time += delays.conversion(seed, bid.id());
        told.add(outcome(time, Kind.CONVERSION, bid, 0, Outcome.UNKNOWN, 0, won));
      }
    }
    return told;
  }

  /** What a click is worth to the campaign: what it bid for, at the click rate that was told. */
  private static double clickValue(Bid bid, Auction auction) {
    return auction.clickRate() > 0 ? bid.value() / auction.clickRate() : 0;
  }

  private static Outcome outcome(
      long timeMillis,
      Kind kind,
      Bid bid,
      long priceNanos,
      long minimumToWinNanos,
      double value,
      long wonMillis) {
    // A bid's id may come back; with its deadline it is one bid's alone.
    String own = bid.id() + "-" + Long.toString(bid.deadlineMillis(), Character.MAX_RADIX);
    String id = own + "-" + kind.label() + (kind == Kind.LOSS ? "-" + bid.campaign() : "");
    return new Outcome(
        id,
        kind,
        bid.id(),
        bid.campaign(),
        timeMillis,
        priceNanos,
        minimumToWinNanos,
        value,
        bid.userKey(),
        wonMillis,
        0);
  }
}
