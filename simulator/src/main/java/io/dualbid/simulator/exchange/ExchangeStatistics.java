package io.dualbid.simulator.exchange;

import io.dualbid.core.model.Bid;
import io.dualbid.simulator.world.Auction;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;

/** What an exchange has counted so far. Written by its threads, read by anybody. */
public final class ExchangeStatistics {
  final AtomicLong requests = new AtomicLong();
  final AtomicLong bids = new AtomicLong();
  final AtomicLong lateBids = new AtomicLong();
  final AtomicLong duplicateBids = new AtomicLong();
  final AtomicLong superseded = new AtomicLong();
  final AtomicLong wins = new AtomicLong();
  final AtomicLong losses = new AtomicLong();
  final AtomicLong clicks = new AtomicLong();
  final AtomicLong conversions = new AtomicLong();
  final AtomicLong spendNanos = new AtomicLong();
  final AtomicLong unreadable = new AtomicLong();
  final DoubleAdder value = new DoubleAdder();
  final AtomicLong strange = new AtomicLong();
  final Map<String, CampaignStatistics> campaigns = new TreeMap<>();

  /** What one campaign won. */
  public static final class CampaignStatistics {
    long wins;
    long clicks;
    long conversions;
    long spendNanos;
    double value;

    /** Wins. */
    public long wins() {
      return wins;
    }

    /** Clicks. */
    public long clicks() {
      return clicks;
    }

    /** Conversions. */
    public long conversions() {
      return conversions;
    }

    /** What it was charged. */
    public long spendNanos() {
      return spendNanos;
    }

    /** Expected value of its wins, as its bids stated it. */
    public double value() {
      return value;
    }
  }

  /** Requests offered. */
  public long requests() {
    return requests.get();
  }

  /** Valid bids. */
  public long bids() {
    return bids.get();
  }

  /** Bids that missed their deadline. */
  public long lateBids() {
    return lateBids.get();
  }

  /** Repetitions of bids. */
  public long duplicateBids() {
    return duplicateBids.get();
  }

  /** Auctions won. */
  public long wins() {
    return wins.get();
  }

  /** Auctions lost. */
  public long losses() {
    return losses.get();
  }

  /** Clicks. */
  public long clicks() {
    return clicks.get();
  }

  /** Conversions. */
  public long conversions() {
    return conversions.get();
  }

  /** What impressions were charged to campaigns that pay for them. */
  public long spendNanos() {
    return spendNanos.get();
  }

  /** Records of the bids topic that can't be read. */
  public long unreadable() {
    return unreadable.get();
  }

  /** Bids on requests that were never offered here, or too long ago. */
  public long strange() {
    return strange.get();
  }

  /** Repeated bids that came from another campaign than the first. */
  public long superseded() {
    return superseded.get();
  }

  /** A bid has won. */
  void won(Bid bid, Auction auction) {
    // What pays by the click is not charged for the impression.
    long charge = bid.paysPerClick() ? 0 : auction.chargeNanos(bid.amountNanos());
    wins.incrementAndGet();
    spendNanos.addAndGet(charge);
    CampaignStatistics campaign = campaign(bid.campaign());
    campaign.wins++;
    campaign.spendNanos += charge;
    campaign.value += bid.value();
    value.add(bid.value());
    if (auction.clicked()) {
      clicks.incrementAndGet();
      campaign.clicks++;
    }
    if (auction.converted()) {
      conversions.incrementAndGet();
      campaign.conversions++;
    }
  }

  private CampaignStatistics campaign(String id) {
    synchronized (campaigns) {
      return campaigns.computeIfAbsent(id, unseen -> new CampaignStatistics());
    }
  }

  /** Expected value of all wins, as their bids stated it. */
  public double value() {
    return value.sum();
  }

  /** What each campaign won, by id; complete when the exchange has been closed. */
  public Map<String, CampaignStatistics> campaigns() {
    synchronized (campaigns) {
      return new TreeMap<>(campaigns);
    }
  }
}
