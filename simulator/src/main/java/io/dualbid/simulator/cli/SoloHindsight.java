package io.dualbid.simulator.cli;

import io.dualbid.core.model.Money;
import io.dualbid.simulator.hindsight.AuctionPasses;
import io.dualbid.simulator.hindsight.Episodes;
import io.dualbid.simulator.hindsight.FixedMultipliers;
import io.dualbid.simulator.hindsight.FixedMultipliers.Outcome;
import io.dualbid.simulator.hindsight.Knapsack.Binding;
import io.dualbid.simulator.hindsight.KnapsackOptimum;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.AuctionTape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One campaign alone on a log: its optimum for each budget asked for. */
final class SoloHindsight {
  /**
   * What holds for every budget.
   *
   * @param budgeted whether the budget binds
   * @param target least return on spend; 0 for none
   * @param valuePerClick worth of a click in the log's currency
   * @param episode auctions in an episode; 0 for no episodes
   * @param firstPrice whether a win costs the bid
   * @param profit whether value less cost counts
   * @param maxBid highest bid
   */
  record Rules(
      boolean budgeted,
      double target,
      double valuePerClick,
      int episode,
      boolean firstPrice,
      boolean profit,
      double maxBid) {}

  /**
   * The optimum for one budget.
   *
   * @param fraction as it was asked for, or null
   * @param budget all the money, or infinity
   * @param episodeBudget money of one episode; NaN without episodes
   * @param multiplier bid per unit of value that wins as the optimum does; NaN where there is none
   * @param fixed the best fixed multiplier
   * @param priced the multiplier of the dual prices, kept throughout; null where there is none
   */
  record Run(
      @Nullable String fraction,
      double budget,
      double episodeBudget,
      double value,
      double spend,
      double budgetPrice,
      double returnPrice,
      String binding,
      double multiplier,
      double tieShare,
      Outcome fixed,
      @Nullable Outcome priced) {}

  private final Rules rules;
  private final AuctionPasses auctions;
  private final long rows;
  private final List<Run> runs = new ArrayList<>();

  private SoloHindsight(AuctionLog log, AuctionTape tape, Rules rules) {
    this.rules = rules;
    this.rows = tape.rows();
    this.auctions = new TapePasses(tape, log.valued() ? 1 : rules.valuePerClick, rules.maxBid);
  }

  /** Solves for every budget that the options ask for. */
  static SoloHindsight of(LogOptions options, AuctionLog log, Rules rules) throws IOException {
    SoloHindsight solo = new SoloHindsight(log, options.only(log), rules);
    if (!rules.budgeted) {
      solo.runs.add(solo.inOnePiece(null, Double.POSITIVE_INFINITY));
      return solo;
    }
    long count = rules.episode > 0 ? rules.episode : solo.rows;
    for (LogOptions.Budget budget : options.budgets(log.meanPrice(), count, log.priceUnitNanos())) {
      double units = Money.units(budget.nanos());
      solo.runs.add(
          rules.episode > 0
              ? solo.inEpisodes(budget.fraction(), units)
              : solo.inOnePiece(budget.fraction(), units));
    }
    return solo;
  }

  private Run inOnePiece(@Nullable String fraction, double budget) {
    KnapsackOptimum best = KnapsackOptimum.of(gains(), rules.target, budget);
    FixedMultipliers play = new FixedMultipliers(auctions, played(budget));
    double multiplier = multiplier(best);
    return new Run(
        fraction,
        budget,
        Double.NaN,
        best.value(),
        best.spend(),
        best.shadowPrice(),
        best.returnPrice(),
        best.binding().name().toLowerCase(Locale.ROOT),
        multiplier,
        best.tieShare(),
        play.best(),
        Double.isFinite(multiplier) ? play.at(multiplier) : null);
  }

  /** The multiplier of value: prices are of worth, which is value / target. */
  private double multiplier(KnapsackOptimum best) {
    if (rules.profit) {
      return 1 / (1 + best.shadowPrice());
    }
    if (best.binding() == Binding.NONE) {
      return Double.NaN;
    }
    return rules.target > 0 ? best.multiplier() / rules.target : best.multiplier();
  }

  private Run inEpisodes(@Nullable String fraction, double budget) {
    Episodes best = Episodes.solve(gains(), rules.episode, budget);
    FixedMultipliers play =
        new FixedMultipliers(auctions, played(budget).inEpisodesOf(rules.episode));
    return new Run(
        fraction,
        budget * best.count(),
        budget,
        best.value(),
        best.spend(),
        best.meanShadowPrice(),
        0,
        best.meanShadowPrice() > 0 ? "budget" : "none",
        Double.NaN,
        Double.NaN,
        play.best(),
        null);
  }

  private FixedMultipliers.Rules played(double budget) {
    return new FixedMultipliers.Rules(
        budget, 0, rules.maxBid, rules.target, rules.firstPrice, rules.profit);
  }

  private AuctionPasses gains() {
    return rules.profit ? auctions.forProfit() : auctions;
  }

  /** The optima as a document and as a table. */
  SoloReport report(long skippedRows) {
    return new SoloReport(rules, rows, runs, skippedRows);
  }
}
