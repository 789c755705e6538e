package io.dualbid.simulator.operate;

import io.dualbid.core.model.Campaign;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of one campaign's definition.
 *
 * @param campaign its id
 * @param expected the version that the change was made from; {@link #ANY} where that is not known
 * @param restores the version that it brings back; 0 where it is no return
 * @param change from what is published now (null where nothing is) to what is to be (null to
 *     withdraw it)
 */
public record Edit(String campaign, int expected, int restores, Change change) {
  /** Whatever is published is replaced. */
  public static final int ANY = -1;

  /** From a definition to the next. */
  @FunctionalInterface
  public interface Change {
    /** The definition that replaces the one given; null stands for none. */
    @Nullable Campaign of(@Nullable Campaign published);
  }

  /** Publishes this definition. */
  public static Edit define(Campaign campaign) {
    return new Edit(campaign.id(), ANY, 0, published -> campaign);
  }

  /** Withdraws a campaign: it bids no more, and its money is at rest when its leases are. */
  public static Edit withdraw(String campaign) {
    return new Edit(campaign, ANY, 0, published -> null);
  }

  /**
   * Changes what is published, as a button does.
   *
   * @param change may throw {@link IllegalArgumentException} where the definition doesn't allow it
   */
  public static Edit change(String campaign, UnaryOperator<Campaign> change) {
    return new Edit(
        campaign,
        ANY,
        0,
        published -> {
          if (published == null) {
            throw new IllegalArgumentException(
                "found no campaign " + campaign + "; accepted: one that is published");
          }
          return change.apply(published);
        });
  }

  /** Brings an older version back. */
  public static Edit restore(CampaignVersion version) {
    return new Edit(version.campaign(), ANY, version.origin(), published -> version.definition());
  }

  /**
   * The same, refused unless this version is the newest.
   *
   * @param version its number; 0 where the campaign is published without a number, or not at all
   */
  public Edit expecting(int version) {
    return new Edit(campaign, version, restores, change);
  }
}
