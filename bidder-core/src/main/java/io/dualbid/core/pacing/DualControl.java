package io.dualbid.core.pacing;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Multipliers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Dual mirror descent on each constraint that a campaign keeps. */
final class DualControl implements Controller {
  private final @Nullable BudgetPacer budget;
  private final @Nullable ReturnPacer returns;

  private DualControl(@Nullable BudgetPacer budget, @Nullable ReturnPacer returns) {
    this.budget = budget;
    this.returns = returns;
  }

  static DualControl of(Campaign campaign, PacingConfig config) {
    return new DualControl(
        campaign.strategy().pacesBudget() ? BudgetPacer.of(campaign, config) : null,
        campaign.strategy().keepsRos() ? ReturnPacer.of(campaign, config) : null);
  }

  /** The same for a changed definition that keeps the same constraints. */
  DualControl under(Campaign campaign, PacingConfig config) {
    BudgetPacer ownBudget = budget;
    ReturnPacer ownReturns = returns;
    return new DualControl(
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
          period.leftMillis());
    }
    if (ownReturns != null) {
      ownReturns.step(period);
    }
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
    return new DualControl(budget, returns);
  }
}
