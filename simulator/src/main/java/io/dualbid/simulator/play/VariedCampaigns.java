package io.dualbid.simulator.play;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link GeneratedCampaigns} with all that ledgers tell apart: every second one has a budget for
 * the day too, in a zone whose days have 23½ to 24½ hours, and one pays by the click.
 */
public final class VariedCampaigns {
  /** The zone of daily budgets. */
  public static final ZoneId ZONE = ZoneId.of("Australia/Lord_Howe");

  private static final int PAYS_PER_CLICK = 2;

  /** How many clicks its budget pays for. */
  private static final int CLICKS = 8;

  private static final ObjectMapper JSON = new ObjectMapper();

  private VariedCampaigns() {}

  /**
   * Makes campaigns.
   *
   * @param budgetUnits what an average campaign has, in account currency
   */
  public static List<Campaign> of(
      int count, double budgetUnits, long seed, long startMillis, long endMillis) {
    List<Campaign> campaigns = new ArrayList<>();
    for (Campaign campaign :
        GeneratedCampaigns.of(count, budgetUnits, seed, startMillis, endMillis)) {
      campaigns.add(varied(campaign, campaigns.size()));
    }
    return campaigns;
  }

  private static Campaign varied(Campaign campaign, int number) {
    try {
      ObjectNode definition = (ObjectNode) JSON.readTree(Configurations.toJson(campaign));
      if (number % 2 == 1) {
        definition.put("daily-budget", Money.format(campaign.budgetNanos() / 10 * 6));
        ((ObjectNode) definition.get("flight")).put("zone", ZONE.getId());
      }
      if (number == PAYS_PER_CLICK) {
        definition.put("billing", "cpc");
        definition.put("price-per-click", Money.format(campaign.budgetNanos() / CLICKS));
        definition.put("attribution-window", "3s");
      }
      return Configurations.campaign(campaign.id(), JSON.writeValueAsBytes(definition));
    } catch (IOException e) {
      throw new UncheckedIOException("a definition that was just written can't be read", e);
    }
  }
}
