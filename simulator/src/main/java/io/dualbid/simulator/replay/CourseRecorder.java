package io.dualbid.simulator.replay;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes samples of a replay as it plays, and counts bids and prices. Most auctions cost it one
 * comparison; memory is that of the samples.
 */
public final class CourseRecorder implements Observer {
  private final Observer also;
  private final long rows;
  private final int points;
  private final Map<String, PriceCounts> counts = new HashMap<>();
  private final List<PriceCounts> prices = new ArrayList<>();
  private final List<List<Course.Sample>> samples = new ArrayList<>();
  private long played;
  private long due;
  private int taken;

  /**
   * A recorder.
   *
   * @param campaigns whose course it is, in the order of the replay
   * @param rows how many auctions there will be, at least 1
   * @param points how many samples to take at most, at least 1
   * @param also who else looks on
   */
  public CourseRecorder(
      List<Campaign> campaigns, long rows, int points, PriceBins bins, Observer also) {
    this.also = also;
    this.rows = rows;
    this.points = (int) Math.min(points, rows);
    for (Campaign campaign : campaigns) {
      PriceCounts own = new PriceCounts(bins);
      prices.add(own);
      counts.put(campaign.id(), own);
      samples.add(new ArrayList<>());
    }
    due = sample(0, rows, this.points);
  }

  /**
   * After how many auctions the samples are taken.
   *
   * @param index from 0 to one less than the points
   */
  public static long sample(int index, long rows, int points) {
    return Math.round((double) rows * (index + 1) / points);
  }

  @Override
  public void bid(Arrival arrival, Bid bid) {
    counts(bid).bid(bid.amountNanos());
    also.bid(arrival, bid);
  }

  @Override
  public void won(Arrival arrival, Bid bid, long priceNanos) {
    counts(bid).won(priceNanos);
    also.won(arrival, bid, priceNanos);
  }

  private PriceCounts counts(Bid bid) {
    PriceCounts own = counts.get(bid.campaign());
    if (own == null) {
      throw new IllegalStateException("a bid of no campaign: " + bid.campaign());
    }
    return own;
  }

  @Override
  public void played(Arrival arrival, List<Account> accounts) {
    also.played(arrival, accounts);
    if (++played < due) {
      return;
    }
    for (int i = 0; i < accounts.size(); i++) {
      samples.get(i).add(sample(accounts.get(i)));
    }
    taken++;
    due = taken < points ? sample(taken, rows, points) : Long.MAX_VALUE;
  }

  private Course.Sample sample(Account account) {
    PacingUpdate last = account.last();
    return new Course.Sample(
        played,
        last == null ? 0 : Money.units(last.totals().plannedNanos()),
        account.spent(),
        account.value(),
        last == null ? Multipliers.budget(Double.NaN) : last.multipliers(),
        Money.units(account.slackNanos()),
        account.wins(),
        account.clicks());
  }

  /** The course of a campaign, by its place among the campaigns. */
  public Course course(int campaign) {
    return new Course(samples.get(campaign), prices.get(campaign));
  }
}
