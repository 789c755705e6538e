package io.dualbid.core.joint;

import java.util.ArrayList;
import java.util.List;

/**
 * How much earlier episodes say about the next one. Markets drift, and may alternate: an episode
 * may be like the last, or like the one before that. Each candidate is a period s and a memory m;
 * the episode k·s back counts m^(k-1), those between not at all. The candidate counts that foretold
 * the episodes so far best, by the logarithm of the probability it gave to what came, older
 * episodes forgotten by half each time.
 *
 * <p>Foretold are shares of a coarse grid: twelve groups of prices, equally frequent in training,
 * by eight of click rates around the mean, each grid starting from half an auction a cell. With a
 * thousand auctions an episode the right candidate leads by dozens of nats; with few, that of the
 * longest memory leads for it is the least noisy.
 *
 * <p>No guarantee; a choice among 20 forecasters by their discounted log loss, after Herbster and
 * Warmuth, Tracking the Best Expert, 1998 (there a weighted mean of them). O(20 · episodes kept ·
 * 96) for each episode; not thread safe.
 */
final class Recurrence {
  private static final int PRICES = 12;
  private static final int RATES = 8;
  private static final int CELLS = PRICES * RATES;
  private static final double FIRST = 0.5;
  private static final double SCORE_MEMORY = 0.5;
  private static final double[] MEMORIES = {0.3, 0.5, 0.7, 0.85, 0.95};

  private final int[] priceGroup;
  private final double meanClickRate;
  private final int kept;
  private final double[] score;
  private final List<double[]> shares = new ArrayList<>();
  private int period = 1;
  private double memory = MEMORIES[MEMORIES.length - 1];

  /**
   * Before any episode.
   *
   * @param training auctions of training at each price
   * @param meanClickRate that of training, above 0
   * @param periods greatest period to consider, at least 1
   * @param kept episodes that are looked back to, at least 1
   */
  Recurrence(long[] training, double meanClickRate, int periods, int kept) {
    if (periods < 1 || kept < 1 || !(meanClickRate > 0)) {
      throw new IllegalArgumentException(
          "need periods, episodes >= 1 and a click rate > 0: "
              + periods
              + ", "
              + kept
              + ", "
              + meanClickRate);
    }
    this.priceGroup = priceGroups(training);
    this.meanClickRate = meanClickRate;
    this.kept = kept;
    this.score = new double[periods * MEMORIES.length];
  }

  private static int[] priceGroups(long[] training) {
    double total = training.length;
    for (long count : training) {
      total += count;
    }
    int[] groups = new int[training.length];
    double below = 0;
    for (int price = 0; price < training.length; price++) {
      groups[price] = (int) Math.min(PRICES - 1, below / total * PRICES);
      below += training[price] + 1;
    }
    return groups;
  }

  /** The cell of an auction. */
  private int cell(int price, double clickRate) {
    int high = price < priceGroup.length ? priceGroup[price] : PRICES - 1;
    // Half octaves from a quarter of the mean up.
    int rate = (RateScale.group(clickRate) - RateScale.group(meanClickRate)) / 8 + RATES / 2;
    return high * RATES + Math.max(0, Math.min(RATES - 1, rate));
  }

  /** An episode is over; {@code training} is what unknown prices are taken from. */
  void add(EpisodeRecord episode, long[] training) {
    double[] seen = new double[CELLS];
    episode.visit(training, (price, rate, weight) -> seen[cell(price, rate)] += weight);
    int best = -1;
    for (int candidate = 0; candidate < score.length; candidate++) {
      int candidatePeriod = 1 + candidate / MEMORIES.length;
      double told = logLikelihood(seen, candidatePeriod, MEMORIES[candidate % MEMORIES.length]);
      score[candidate] = SCORE_MEMORY * score[candidate] + told;
      // The next episode must have one before it at this distance.
      boolean possible = candidatePeriod <= shares.size() + 1;
      if (possible && (best < 0 || score[candidate] > score[best])) {
        best = candidate;
      }
    }
    period = 1 + best / MEMORIES.length;
    memory = MEMORIES[best % MEMORIES.length];
    shares.add(seen);
    if (shares.size() > kept) {
      shares.remove(0);
    }
  }

  private double logLikelihood(double[] seen, int candidatePeriod, double candidateMemory) {
    double[] forecast = new double[CELLS];
    double total = 0;
    for (int back = 1; back <= shares.size(); back++) {
      double weight = weight(back, candidatePeriod, candidateMemory);
      double[] then = shares.get(shares.size() - back);
      for (int i = 0; weight > 0 && i < CELLS; i++) {
        forecast[i] += weight * then[i];
        total += weight * then[i];
      }
    }
    double sum = 0;
    for (int i = 0; i < CELLS; i++) {
      sum += seen[i] * Math.log((FIRST + forecast[i]) / (FIRST * CELLS + total));
    }
    return sum;
  }

  private static double weight(int back, int period, double memory) {
    return back % period == 0 ? Math.pow(memory, back / period - 1) : 0;
  }

  /** What the episode {@code back} episodes before the next counts, from 0 to 1. */
  double weight(int back) {
    return weight(back, period, memory);
  }

  /** After how many episodes the market is taken to recur; 1 for none. */
  int period() {
    return period;
  }
}
