package io.dualbid.simulator.change;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.PacingUpdate;
import org.jspecify.annotations.Nullable;

/** What is known beside the definitions: of the campaigns' ledgers and of the market. */
public interface Evidence {
  /** Nothing beside the definitions is known. */
  Evidence NONE =
      new Evidence() {
        @Override
        public @Nullable PacingUpdate update(String campaign) {
          return null;
        }

        @Override
        public @Nullable Outlook outlook(Campaign campaign, double unitsAnHour) {
          return null;
        }
      };

  /** The newest word from pacing on a campaign, or null where there is none. */
  @Nullable PacingUpdate update(String campaign);

  /**
   * What a campaign would make of auctions like those that are known, at its best.
   *
   * @param unitsAnHour what it may spend in an hour, in account currency
   * @return null where no auctions are known
   */
  @Nullable Outlook outlook(Campaign campaign, double unitsAnHour);

  /**
   * What can be had in auctions that are known.
   *
   * @param multiplier what the budget's multiplier settles at; 0 where the budget doesn't bind
   * @param spentShare of the money that there is for it, 0 to 1
   * @param returned value for each unit of spend; NaN where nothing can be spent
   */
  record Outlook(double multiplier, double spentShare, double returned) {}
}
