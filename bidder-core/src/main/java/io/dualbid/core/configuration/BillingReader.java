package io.dualbid.core.configuration;

import io.dualbid.core.model.PerClick;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a campaign pays for. {@code billing: cpm}, the default, pays for impressions, and
 * needs to know what they are worth and the most to bid for one; {@code billing: cpc} pays for
 * clicks, so both follow from their price.
 */
final class BillingReader {
  private static final String PRICE = "price-per-click";
  private static final String WINDOW = "attribution-window";
  private static final String VALUE = "value-per-click";
  private static final String HIGHEST = "max-bid-cpm";
  private static final long DAY_MILLIS = 86_400_000;

  private BillingReader() {}

  private static boolean paysPerClick(Section campaign) {
    return campaign.text("billing", "cpm").equals("cpc");
  }

  /** Tells what is missing or of no use. */
  static void check(Section campaign) {
    if (paysPerClick(campaign)) {
      require(campaign, PRICE, "what a click is charged, such as \"0.40\"");
      if (!campaign.text("constraint", "budget").equals("budget")) {
        campaign.problem(
            "constraint",
            "found a return on spend beside 'billing: cpc', where spend follows clicks",
            "constraint: budget");
      }
      String method = campaign.text("method", "dual");
      if (method.equals("lin") || method.equals("mcpc")) {
        campaign.problem(
            "method", "found a method with a price of its own beside 'billing: cpc'", "dual");
      }
      if (campaign.has("attribution")) {
        campaign.problem(
            "attribution",
            "found the window of values beside 'billing: cpc'",
            "'" + WINDOW + "' in its place");
      }
      return;
    }
    require(campaign, VALUE, "the value of a click, such as \"1.80\"");
    require(campaign, HIGHEST, "the highest bid, such as \"12.50\"");
    for (String key : List.of(PRICE, WINDOW)) {
      if (campaign.has(key)) {
        campaign.problem(key, "found '" + key + "' without use", "'billing: cpc' beside it");
      }
    }
  }

  private static void require(Section campaign, String key, String accepted) {
    if (campaign.has(key)) {
      return;
    }
    String found = "found no '" + key + "'";
    String needed = "'" + key + "': " + accepted;
    if (campaign.has("billing")) {
      campaign.problem("billing", found + " beside it", needed);
    } else {
      campaign.problem(found, needed);
    }
  }

  /** What it pays for a click, or null where it pays for impressions. */
  static @Nullable PerClick perClick(Section campaign) {
    return paysPerClick(campaign)
        ? new PerClick(campaign.money(PRICE, 0), campaign.duration(WINDOW, DAY_MILLIS))
        : null;
  }

  /** What a click is worth, in account currency. */
  static double value(Section campaign) {
    return paysPerClick(campaign) && !campaign.has(VALUE)
        ? campaign.number(PRICE, 1)
        : campaign.number(VALUE, 1);
  }

  /** The highest bid in nanos for an impression; without one, all that a sure click would bring. */
  static long maxBidNanos(Section campaign) {
    return paysPerClick(campaign) && !campaign.has(HIGHEST)
        ? campaign.money(PRICE, 0)
        : campaign.cpm(HIGHEST, 0);
  }
}
