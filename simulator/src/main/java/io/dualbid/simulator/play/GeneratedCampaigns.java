package io.dualbid.simulator.play;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.DeviceType;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.FrequencyCap;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.core.model.Targeting;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Campaigns as a display bidder has them: budgets far apart, some for one country or device, some
 * for a segment, some capped by user. Each is a function of (seed, number).
 */
public final class GeneratedCampaigns {
  private static final List<String> COUNTRIES = List.of("USA", "USA", "USA", "DEU", "GBR", "CAN");
  private static final int SEGMENTS = 12;

  private GeneratedCampaigns() {}

  /**
   * Makes campaigns.
   *
   * @param budgetUnits what an average campaign has, in account currency
   */
  public static List<Campaign> of(
      int count, double budgetUnits, long seed, long startMillis, long endMillis) {
    List<Campaign> campaigns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long draw = Hash.mix(seed + (i + 1) * Hash.GOLDEN_GAMMA);
      campaigns.add(campaign(i, draw, budgetUnits, startMillis, endMillis));
    }
    return campaigns;
  }

  private static double uniform(long draw, long purpose) {
    return Hash.unit(Hash.mix(draw + purpose));
  }

  private static Campaign campaign(
      int number, long draw, double budgetUnits, long startMillis, long endMillis) {
    // Between a third and three times the average, evenly in the logarithm.
    double budget = budgetUnits * Math.pow(9, uniform(draw, 1) - 0.5);
    return new Campaign(
        String.format(Locale.ROOT, "campaign-%02d", number + 1),
        "advertiser-" + number + ".example",
        List.of(),
        Status.ACTIVE,
        Money.floorNanos(budget),
        null,
        new Flight(startMillis, endMillis, ZoneOffset.UTC),
        number % 7 == 6 ? new Plan(Plan.Shape.FRONT_LOADED, List.of()) : Plan.EVEN,
        strategy(number),
        1.5 + 3 * uniform(draw, 2),
        0.0008,
        Money.floorNanos(0.03),
        List.of(
            Creative.banner("300x250", 300, 250),
            Creative.banner("728x90", 728, 90),
            Creative.banner("320x50", 320, 50),
            Creative.banner("160x600", 160, 600)),
        targeting(number, draw));
  }

  /**
   * Most pace a budget for value; one in five for profit, one in ten each keeps a return on spend
   * beside the budget, and one without pacing the budget, strictly.
   */
  private static Strategy strategy(int number) {
    return switch (number % 10) {
      case 4, 9 -> Strategy.budget(Objective.PROFIT, Mirror.EUCLIDEAN, 0.5);
      case 1 -> Strategy.value(1.5).keeping(Constraint.BOTH, 2, false);
      case 6 -> Strategy.value(1.5).keeping(Constraint.ROS, 2, true);
      default -> Strategy.value(1.5);
    };
  }

  private static Targeting targeting(int number, long draw) {
    Set<String> countries =
        number % 2 == 0
            ? Set.of()
            : Set.of(COUNTRIES.get((int) (uniform(draw, 3) * COUNTRIES.size())));
    Set<DeviceType> devices =
        number % 6 == 1 ? Set.of(DeviceType.PHONE, DeviceType.TABLET) : Set.of();
    Set<String> segments =
        number % 4 == 2
            ? Set.copyOf(
                List.of(
                    Integer.toString((int) (uniform(draw, 4) * SEGMENTS)),
                    Integer.toString((int) (uniform(draw, 5) * SEGMENTS))))
            : Set.of();
    FrequencyCap cap = number % 8 == 3 ? new FrequencyCap(3, 60_000) : null;
    return new Targeting(
        countries, Set.of(), Set.of(), Set.of(), devices, segments, Set.of(), Set.of(), List.of(),
        cap);
  }
}
