package io.dualbid.simulator.cli;

import io.dualbid.core.model.Money;
import io.dualbid.simulator.hindsight.AuctionPasses;
import io.dualbid.simulator.log.AuctionTape;

/**
 * The auctions of a tape as an optimum in hindsight sees them.
 *
 * @param tape the auctions
 * @param valuePerClick what their worth is multiplied by
 * @param maxBid highest bid: what costs more can't be had, as good as without value
 * @param segments which segments are wanted, by number; empty for all
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TapePasses(AuctionTape tape, double valuePerClick, double maxBid, boolean[] segments)
    implements AuctionPasses {
  private static final boolean[] ALL = {};

  TapePasses(AuctionTape tape, double valuePerClick, double maxBid) {
    this(tape, valuePerClick, maxBid, ALL);
  }

  @Override
  public long rows() {
    return tape.rows();
  }

  @Override
  public Pass pass() {
    AuctionTape.Cursor cursor = tape.read();
    return new Pass() {
      @Override
      public boolean next() {
        return cursor.next();
      }

      @Override
      public double value() {
        boolean had = price() <= maxBid && (segments.length == 0 || segments[cursor.segment()]);
        return had ? cursor.worth() * valuePerClick : 0;
      }

      @Override
      public double price() {
        return Money.units(cursor.priceNanos());
      }
    };
  }
}
