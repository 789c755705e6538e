package io.dualbid.simulator.replay;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.PacingUpdate;
import org.jspecify.annotations.Nullable;

/** What came of one campaign, reckoned from auctions alone, apart from its ledger. */
public final class Account {
  private final Campaign campaign;
  private long auctions;
  private long bids;
  private long wins;
  private long clicks;
  private double value;
  private double realisedValue;
  private long spentNanos;
  private long slackNanos;
  private long lowestSlackNanos;
  private long untoldWins;
  private long untoldNanos;
  private @Nullable PacingUpdate last;

  Account(Campaign campaign) {
    this.campaign = campaign;
  }

  void offered() {
    auctions++;
  }

  void bid() {
    bids++;
  }

  void won(Bid bid, long priceNanos, boolean clicked) {
    wins++;
    clicks += clicked ? 1 : 0;
    value += bid.value();
    spentNanos = Math.addExact(spentNanos, priceNanos);
    if (bid.creditNanos() != Bid.NO_RETURN) {
      slackNanos = Math.addExact(slackNanos, bid.creditNanos() - priceNanos);
      lowestSlackNanos = Math.min(lowestSlackNanos, slackNanos);
    }
  }

  /** The pacing side will never hear of the last win. */
  void untold(long priceNanos) {
    untoldWins++;
    untoldNanos = Math.addExact(untoldNanos, priceNanos);
  }

  void brought(double realised) {
    realisedValue += realised;
  }

  void told(PacingUpdate update) {
    last = update;
  }

  /** The campaign. */
  public Campaign campaign() {
    return campaign;
  }

  /** Auctions that were held. */
  public long auctions() {
    return auctions;
  }

  /** Bids. */
  public long bids() {
    return bids;
  }

  /** Wins. */
  public long wins() {
    return wins;
  }

  /** Clicks on wins. */
  public long clicks() {
    return clicks;
  }

  /** Expected value of the wins, in account currency. */
  public double value() {
    return value;
  }

  /** What the wins have brought so far, in account currency. */
  public double realisedValue() {
    return realisedValue;
  }

  /** What the wins cost, in nanos. */
  public long spentNanos() {
    return spentNanos;
  }

  /** The same in account currency. */
  public double spent() {
    return Money.units(spentNanos);
  }

  /** What wins earned towards the return on spend less what they cost, in nanos. */
  public long slackNanos() {
    return slackNanos;
  }

  /** The least that this ever was, at most 0. */
  public long lowestSlackNanos() {
    return lowestSlackNanos;
  }

  /** Wins whose notices were lost. */
  public long untoldWins() {
    return untoldWins;
  }

  /** What these cost, in nanos: the part of the spend that no ledger knows of. */
  public long untoldNanos() {
    return untoldNanos;
  }

  /** The last update of the ledger, or null. */
  public @Nullable PacingUpdate last() {
    return last;
  }
}
