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
}
