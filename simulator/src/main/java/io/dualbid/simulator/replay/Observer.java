package io.dualbid.simulator.replay;

import io.dualbid.core.model.Bid;
import java.util.List;

/** Looks on as a replay plays, without a part in it. */
public interface Observer {
  /** Sees nothing. */
  Observer NONE = new Observer() {};

  /** A bid has entered an auction. */
  default void bid(Arrival arrival, Bid bid) {}

  /** A bid has won an auction. */
  default void won(Arrival arrival, Bid bid, long priceNanos) {}

  /**
   * An auction is over.
   *
   * @param accounts one for each campaign, in the order of the campaigns
   */
  default void played(Arrival arrival, List<Account> accounts) {}

  /** This one and then another. */
  default Observer and(Observer other) {
    Observer one = this;
    return new Observer() {
      @Override
      public void bid(Arrival arrival, Bid bid) {
        one.bid(arrival, bid);
        other.bid(arrival, bid);
      }

      @Override
      public void won(Arrival arrival, Bid bid, long priceNanos) {
        one.won(arrival, bid, priceNanos);
        other.won(arrival, bid, priceNanos);
      }

      @Override
      public void played(Arrival arrival, List<Account> accounts) {
        one.played(arrival, accounts);
        other.played(arrival, accounts);
      }
    };
  }
}
