package io.dualbid.core.pacing;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.Strategy.Method;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Dual mirror descent on each constraint that a campaign keeps. */
final class DualControl implements Controller {
  private static final double LONGEST_REACH = 20;

  private final @Nullable BudgetPacer budget;
  private final @Nullable ReturnPacer returns;
  private final boolean combined;

  private DualControl(
      Campaign campaign, @Nullable BudgetPacer budget, @Nullable ReturnPacer returns) {
    this.budget = budget;
    this.returns = returns;
    this.combined = campaign.strategy().method() == Method.DUAL;
  }

  static DualControl of(Campaign campaign, PacingConfig config) {
    return new DualControl(
        campaign,
        campaign.strategy().pacesBudget() ? BudgetPacer.of(campaign, config) : null,
        campaign.strategy().keepsRos() ? ReturnPacer.of(campaign, config) : null);
  }

  /** The same for a changed definition that keeps the same constraints. */
  DualControl under(Campaign campaign, PacingConfig config) {
    BudgetPacer ownBudget = budget;
    ReturnPacer ownReturns = returns;
    return new DualControl(
        campaign,
        ownBudget == null ? null : ownBudget.under(campaign, config),
        ownReturns == null ? null : ownReturns.under(campaign, config));
  }

  @Override
  public void step(Period period) {
    BudgetPacer ownBudget = budget;
    ReturnPacer ownReturns = returns;
    if (ownBudget != null) {
      ownBudget.step(
          period.elapsedMillis(),
          period.planned(),
          period.spent(),
          period.spentSquares(),
          period.auctions(),
          period.ageMillis(),
          period.leftMillis(),
          ownReturns == null ? 1 : reach(ownBudget.multiplier(), ownReturns.multiplier()));
    }
    if (ownReturns != null) {
      ownReturns.step(period);
    }
  }

  /**
   * Bids (1 + λ)/(λ + μ)·w feel the share μ/(λ + μ) of what log μ moves by. Steps that make up for
   * it keep the budget's loop as quick beside a return on spend as it is alone.
   */
  private double reach(double mu, double lambda) {
    return combined ? Math.min(LONGEST_REACH, (lambda + mu) / mu) : 1;
  }

  @Override
  public Multipliers multipliers() {
    BudgetPacer ownBudget = budget;
    ReturnPacer ownReturns = returns;
    return new Multipliers(
        ownBudget == null ? 0 : ownBudget.multiplier(),
        ownReturns == null ? 0 : ownReturns.multiplier(),
        1);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    BudgetPacer ownBudget = budget;
    ReturnPacer ownReturns = returns;
    if (ownBudget != null) {
      ownBudget.write(out);
    }
    if (ownReturns != null) {
      ownReturns.write(out);
    }
  }

  static DualControl read(Campaign campaign, PacingConfig config, DataInput in) throws IOException {
    BudgetPacer budget =
        campaign.strategy().pacesBudget() ? BudgetPacer.read(campaign, config, in) : null;
    ReturnPacer returns =
        campaign.strategy().keepsRos() ? ReturnPacer.read(campaign, config, in) : null;
    return new DualControl(campaign, budget, returns);
  }
}
