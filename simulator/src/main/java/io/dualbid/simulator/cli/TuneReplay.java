package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.AuctionTape;
import io.dualbid.simulator.replay.Replay.Competition;
import io.dualbid.simulator.scenario.Policy;
import io.dualbid.simulator.tune.Candidate;
import io.dualbid.simulator.tune.Objective;
import io.dualbid.simulator.tune.PolicyCandidate;
import io.dualbid.simulator.tune.TuneSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plays candidates on blocks of a log, as {@code dualbid replay} plays those rows: each block with
 * each budget, from the start that training or the block's means give.
 */
final class TuneReplay implements Objective {
  private static final long LEAST_BLOCK = 100;

  private final AuctionLog log;
  private final AuctionTape tape;
  private final TuneSpace space;
  private final @Nullable JsonNode info;
  private final Campaign campaign;
  private final List<LogReplay> replays = new ArrayList<>();
  private final List<List<LogOptions.Budget>> budgets = new ArrayList<>();
  private final List<Play> plays = new ArrayList<>();

  /**
   * What came of a candidate on a block with a budget.
   *
   * @param missing what is missing of the return, as a share of the spend
   */
  record Play(Candidate candidate, int block, LogReplay.Run run, double missing) {
    /** The budget as it was asked for. */
    String fraction() {
      String fraction = run.fraction();
      return fraction == null ? "" : fraction;
    }
  }

  /**
   * Cuts a log into blocks.
   *
   * @param options with the fractions of the space as their budgets
   */
  TuneReplay(
      AuctionLog log, AuctionTape tape, TuneSpace space, LogOptions options, WorldOptions world)
      throws IOException {
    this.log = log;
    this.tape = tape;
    this.space = space;
    this.info = options.info();
    String id = tape.campaign().isEmpty() ? "log" : tape.campaign();
    this.campaign = LogCampaigns.of(id, world.valuePerClick(), space.targetRos(), world.maxBid());
    int blocks = space.validation().blocks();
    if (tape.rows() < LEAST_BLOCK * blocks) {
      throw new WrongInput(
          options.logs.get(0)
              + ": found "
              + tape.rows()
              + " auctions; accepted: "
              + LEAST_BLOCK
              + " or more for each of "
              + blocks
              + " blocks");
    }
    for (int block = 0; block < blocks; block++) {
      AuctionTape part = tape.part(firstRow(block), firstRow(block + 1));
      replays.add(
          new LogReplay(
              log, part, world.rules(), info, List.of(campaign), Competition.HOUSE, more -> {}));
      budgets.add(options.budgets(tape.meanPrice(), part.rows(), log.priceUnitNanos()));
    }
  }

  /** The first row of a block, from 0. */
  long firstRow(int block) {
    return tape.rows() * block / space.validation().blocks();
  }

  /** The campaign that plays. */
  Campaign campaign() {
    return campaign;
  }

  /** All plays so far, in their order. */
  List<Play> plays() {
    return List.copyOf(plays);
  }

  @Override
  public double score(Candidate candidate, int block) {
    double sum = 0;
    for (LogOptions.Budget budget : budgets.get(block)) {
      Policy policy = new PolicyCandidate(candidate).policy(start(candidate, block, budget));
      LogReplay.Run run = replays.get(block).play(policy, budget).get(0);
      double missing = run.spend() > 0 ? Math.max(0, -run.slack()) / run.spend() : 0;
      plays.add(new Play(candidate, block, run, missing));
      sum += space.score(run.ratio(), missing);
    }
    return sum / budgets.get(block).size();
  }

  /** The start of a candidate on the last block, by budget: what it would be adopted with. */
  double start(Candidate candidate, int budget) {
    int last = budgets.size() - 1;
    return start(candidate, last, budgets.get(last).get(budget));
  }

  private double start(Candidate candidate, int block, LogOptions.Budget budget) {
    AuctionTape part = replays.get(block).tape();
    double trained =
        LogCampaigns.valuePerClick(campaign, log)
            * LogStart.multiplier(
                log.valued() ? null : info,
                part.meanWorth(),
                Money.units(budget.nanos()) / part.rows(),
                Money.units(log.priceUnitNanos()));
    return Math.max(Double.MIN_NORMAL, trained * new PolicyCandidate(candidate).startFactor());
  }
}
