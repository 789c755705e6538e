package io.dualbid.simulator.cli;

import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.simulator.replay.Account;
import io.dualbid.simulator.replay.Arrival;
import io.dualbid.simulator.replay.Observer;
import java.util.List;

/** Follows the multipliers of the first campaign: their last values and their means. */
final class MultiplierWatch implements Observer {
  private final boolean ofReturn;
  private double sum;
  private long auctions;
  private double last = Double.NaN;

  /**
   * Watches one of the multipliers.
   *
   * @param ofReturn that of the return on spend, else that of the budget
   */
  MultiplierWatch(boolean ofReturn) {
    this.ofReturn = ofReturn;
  }

  @Override
  public void played(Arrival arrival, List<Account> accounts) {
    PacingUpdate update = accounts.get(0).last();
    if (update != null && update.state() == PacingUpdate.State.ACTIVE) {
      Multipliers now = update.multipliers();
      last = ofReturn ? now.ros() : now.budget();
      sum += last;
      auctions++;
    }
  }

  /** The last one while the campaign could bid; NaN if it never could. */
  double last() {
    return last;
  }

  /** Mean over the auctions while it could bid; NaN if it never could. */
  double mean() {
    return auctions > 0 ? sum / auctions : Double.NaN;
  }
}
