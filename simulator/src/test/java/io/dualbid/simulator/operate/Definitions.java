package io.dualbid.simulator.operate;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.model.Campaign;
import java.util.List;

/** Definitions for tests. */
final class Definitions {
  private Definitions() {}

  /** A campaign of two weeks. */
  static Campaign campaign(String id, String budget) {
    return campaigns(
            """
            campaigns:
              - id: ID
                advertiser: shoes.example
                budget: "BUDGET"
                flight: { start: 2026-03-01T00:00:00Z, end: 2026-03-15T00:00:00Z }
                value-per-click: "1.80"
                max-bid-cpm: "12.50"
                creatives: [{ id: banner, size: 300x250 }]
            """
                .replace("ID", id)
                .replace("BUDGET", budget))
        .get(0);
  }

  static List<Campaign> campaigns(String yaml) {
    return Configurations.campaigns("campaigns.yaml", yaml);
  }
}
