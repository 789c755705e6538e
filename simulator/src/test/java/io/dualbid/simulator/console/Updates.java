package io.dualbid.simulator.console;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Position;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.core.model.PacingUpdate.Totals;
import io.dualbid.simulator.play.GeneratedCampaigns;
import org.jspecify.annotations.Nullable;

/** Words of pacing for tests; the budget is 1,000 nanos. */
final class Updates {
  static final long BUDGET = 1_000;
  static final long START = 1_000_000;
  static final long END = 2_000_000;

  private Updates() {}

  /** An active campaign that has spent what was planned, with 100 wins of 200 bids. */
  static PacingUpdate active(String id, long epoch, long spent, long planned, long wins) {
    return update(id, epoch, State.ACTIVE, spent, planned, wins, 50, null);
  }

  static PacingUpdate update(
      String id,
      long epoch,
      State state,
      long spent,
      long planned,
      long wins,
      long leased,
      @Nullable String problem) {
    return new PacingUpdate(
        id,
        epoch,
        state,
        new Multipliers(1.5, 0, 1),
        null,
        new LedgerSummary(BUDGET, BUDGET, spent, 0, leased),
        new Position(7, 9),
        new Totals(
            2 * wins, 0, 0, wins, wins, 0, 0, 0, 0, 0, 3, 1, 2 * spent / 1e9, 0, 0, planned, 120),
        problem);
  }

  /** A campaign that paces its budget, or with {@code number} 1 keeps a return on spend of 2. */
  static Campaign campaign(int number) {
    return GeneratedCampaigns.of(number + 1, 1, 1, START, END).get(number);
  }
}
