package io.dualbid.simulator.change;

import static io.dualbid.simulator.change.FieldChanges.money;
import static io.dualbid.simulator.change.FieldChanges.number;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.Plan;
import io.dualbid.core.pacing.SpendPlan;
import io.dualbid.simulator.change.Evidence.Outlook;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells what changes from one set of definitions to another, and what is risky about it.
 *
 * <p>The plan of an hour is that of the campaign's own {@link SpendPlan} applied to what is left of
 * its money. Where its ledger is not known a campaign is taken to have spent what its plan meant
 * to.
 */
public final class CampaignChanges {
  private static final long HOUR = 3_600_000;

  /** Where less of the money can be spent with a target, the target is what holds it back. */
  private static final double FAR_FROM_SPENT = 0.9;

  private final SortedMap<String, Campaign> old;
  private final SortedMap<String, Campaign> now;
  private final Evidence evidence;
  private final long nowMillis;

  private CampaignChanges(
      List<Campaign> old, List<Campaign> now, Evidence evidence, long nowMillis) {
    this.old = byId(old);
    this.now = byId(now);
    this.evidence = evidence;
    this.nowMillis = nowMillis;
  }

  private static SortedMap<String, Campaign> byId(List<Campaign> campaigns) {
    SortedMap<String, Campaign> byId = new TreeMap<>();
    campaigns.forEach(campaign -> byId.put(campaign.id(), campaign));
    return byId;
  }

  /**
   * The changes, by campaign; those for whom nothing changes are left out.
   *
   * @param evidence what is known beside the definitions
   * @param nowMillis when the change would be applied
   */
  public static List<CampaignChange> between(
      List<Campaign> old, List<Campaign> now, Evidence evidence, long nowMillis) {
    return new CampaignChanges(old, now, evidence, nowMillis).tell();
  }

  private List<CampaignChange> tell() {
    TreeSet<String> ids = new TreeSet<>(old.keySet());
    ids.addAll(now.keySet());
    List<CampaignChange> changes = new ArrayList<>();
    for (String id : ids) {
      CampaignChange change = change(id, old.get(id), now.get(id));
      if (!change.isNothing()) {
        changes.add(change);
      }
    }
    return changes;
  }

  private CampaignChange change(String id, @Nullable Campaign before, @Nullable Campaign after) {
    if (after == null) {
      return new CampaignChange(
          id, List.of("no longer in the file, which leaves it as it is published"), List.of());
    }
    if (before == null) {
      return new CampaignChange(id, List.of(introduced(after)), risks(null, after));
    }
    if (before.equals(after)) {
      return new CampaignChange(id, List.of(), List.of());
    }
    List<String> words = new ArrayList<>();
    if (before.budgetNanos() != after.budgetNanos()) {
      words.add(budget(before, after));
    }
    words.addAll(FieldChanges.between(before, after));
    String effect = effect(before, after);
    if (!words.isEmpty() && effect != null) {
      words.set(0, words.get(0) + ": " + effect);
    }
    return new CampaignChange(id, words, risks(before, after));
  }

  private static String introduced(Campaign campaign) {
    return "new, "
        + FieldChanges.word(campaign.status())
        + ": budget "
        + money(campaign.budgetNanos())
        + (campaign.dailyBudgetNanos() == null
            ? ""
            : ", " + money(campaign.dailyBudgetNanos()) + " a day")
        + " from "
        + FieldChanges.time(campaign.flight(), campaign.flight().startMillis())
        + (campaign.flight().ends()
            ? " to " + FieldChanges.time(campaign.flight(), campaign.flight().endMillis())
            : " without an end");
  }

  private static String budget(Campaign before, Campaign after) {
    String words = "budget " + money(before.budgetNanos()) + " -> " + money(after.budgetNanos());
    if (before.budgetNanos() == 0) {
      return words;
    }
    double change = (double) after.budgetNanos() / before.budgetNanos() - 1;
    return words + String.format(Locale.ROOT, " (%+.0f %%)", 100 * change);
  }

  /** What it comes to: the plan of the next hour and what the multiplier is expected to do. */
  private @Nullable String effect(Campaign before, Campaign after) {
    List<String> parts = new ArrayList<>();
    Double planBefore = anHour(before);
    Double planAfter = anHour(after);
    if (planBefore != null && planAfter != null) {
      if (!units(planBefore).equals(units(planAfter))) {
        long left = after.flight().endMillis() - Math.max(nowMillis, after.flight().startMillis());
        parts.add(
            (after.flight().ends() ? "with " + span(left) + " left " : "")
                + "the plan "
                + (planAfter > planBefore ? "rises" : "falls")
                + " from "
                + units(planBefore)
                + " to "
                + units(planAfter)
                + " an hour");
      }
      Outlook was = evidence.outlook(before, planBefore);
      Outlook will = evidence.outlook(after, planAfter);
      if (was != null && will != null && !multiplier(was).equals(multiplier(will))) {
        parts.add("expected multiplier " + multiplier(was) + " -> " + multiplier(will));
      }
    }
    return parts.isEmpty() ? null : String.join("; ", parts);
  }

  private static String multiplier(Outlook outlook) {
    return outlook.multiplier() > 0
        ? number(round(outlook.multiplier()))
        : "none (budget to spare)";
  }

  private static double round(double multiplier) {
    return Math.rint(multiplier * 100) / 100;
  }

  private static String units(double units) {
    return String.format(Locale.ROOT, "%,.2f", units);
  }

  /** Days and hours, or minutes where there are few of them. */
  private static String span(long millis) {
    long minutes = Math.max(0, millis) / 60_000;
    if (minutes < 120) {
      return minutes + " min";
    }
    return minutes < 72 * 60 ? minutes / 60 + " h" : minutes / (24 * 60) + " days";
  }

  /** Planned spend of the next hour of its flight; null where none is planned. */
  private @Nullable Double anHour(Campaign campaign) {
    Flight flight = campaign.flight();
    long from = Math.max(nowMillis, flight.startMillis());
    if (campaign.status() != Status.ACTIVE || from >= flight.endMillis()) {
      return null;
    }
    if (campaign.plan().shape() == Plan.Shape.ASAP) {
      return null;
    }
    SpendPlan plan = SpendPlan.of(campaign.plan(), flight.zone());
    Double planned = null;
    if (flight.ends()) {
      double left = Money.units(campaign.budgetNanos()) - spent(campaign, from);
      long to = Math.min(from + HOUR, flight.endMillis());
      planned = Math.max(0, left) * plan.share(from, to, flight.endMillis());
    }
    Long daily = campaign.dailyBudgetNanos();
    if (daily != null) {
      double ofDay = Money.units(daily) / 24;
      planned = planned == null ? ofDay : Math.min(planned, ofDay);
    }
    return planned;
  }

  private double spent(Campaign campaign, long from) {
    PacingUpdate update = evidence.update(campaign.id());
    if (update != null) {
      return Money.units(update.ledger().spentNanos());
    }
    Campaign published = old.getOrDefault(campaign.id(), campaign);
    Flight flight = published.flight();
    if (!flight.ends() || from <= flight.startMillis() || from >= flight.endMillis()) {
      return 0;
    }
    return Money.units(published.budgetNanos())
        * SpendPlan.of(published.plan(), flight.zone())
            .share(flight.startMillis(), from, flight.endMillis());
  }

  private List<String> risks(@Nullable Campaign before, Campaign after) {
    List<String> risks = new ArrayList<>();
    cut(before, after, risks);
    flight(before, after, risks);
    target(before, after, risks);
    creatives(before, after, risks);
    return risks;
  }

  private void cut(@Nullable Campaign before, Campaign after, List<String> risks) {
    PacingUpdate update = evidence.update(after.id());
    if (before == null || update == null || after.budgetNanos() >= before.budgetNanos()) {
      return;
    }
    long spent = update.ledger().spentNanos();
    long committed = update.ledger().committedNanos();
    if (after.budgetNanos() < spent) {
      risks.add(
          "budget "
              + money(after.budgetNanos())
              + " is below the "
              + money(spent)
              + " spent: it bids no more");
    } else if (after.budgetNanos() < committed) {
      risks.add(
          "budget "
              + money(after.budgetNanos())
              + " is below the "
              + money(committed)
              + " spent, promised and leased: it may end above it, by what is promised already");
    }
  }

  private void flight(@Nullable Campaign before, Campaign after, List<String> risks) {
    boolean same = before != null && before.flight().equals(after.flight());
    if (!same && after.flight().endMillis() <= nowMillis) {
      risks.add(
          "its flight has ended, at "
              + FieldChanges.time(after.flight(), after.flight().endMillis())
              + ": it bids no more");
    }
  }

  private void target(@Nullable Campaign before, Campaign after, List<String> risks) {
    if (!after.strategy().keepsRos()
        || (before != null
            && before.strategy().equals(after.strategy())
            && before.budgetNanos() == after.budgetNanos())) {
      return;
    }
    String target = "target " + number(after.strategy().targetRos()) + " for the return on spend ";
    Double plan = anHour(after);
    Outlook outlook = plan == null ? null : evidence.outlook(after, plan);
    PacingUpdate update = evidence.update(after.id());
    if (outlook != null && !(outlook.spentShare() > 0)) {
      risks.add(target + "can't be reached: no auction that is known returns so much");
    } else if (outlook != null && outlook.spentShare() < FAR_FROM_SPENT) {
      risks.add(
          target
              + String.format(
                  Locale.ROOT,
                  "leaves money over: by the auctions that are known %.0f %% of the plan can be"
                      + " spent with it",
                  100 * outlook.spentShare()));
    } else if (outlook == null && update != null && update.ledger().spentNanos() > 0) {
      double returned = update.totals().value() / Money.units(update.ledger().spentNanos());
      if (returned < after.strategy().targetRos()) {
        risks.add(target + "is above the " + number(round(returned)) + " returned so far");
      }
    }
  }

  /** Campaigns of one advertiser with one creative bid against each other for the same places. */
  private void creatives(@Nullable Campaign before, Campaign after, List<String> risks) {
    for (Map.Entry<String, Campaign> entry : now.entrySet()) {
      Campaign other = entry.getValue();
      if (other.id().equals(after.id())
          || !other.advertiserDomain().equals(after.advertiserDomain())) {
        continue;
      }
      for (Creative creative : after.creatives()) {
        boolean known =
            before != null
                && old.containsKey(other.id())
                && has(before, creative)
                && has(old.getOrDefault(other.id(), other), creative);
        if (has(other, creative) && !known) {
          risks.add(
              "creative "
                  + creative.id()
                  + " is that of campaign "
                  + other.id()
                  + " too: both bid for the same places");
        }
      }
    }
  }

  private static boolean has(Campaign campaign, Creative creative) {
    return campaign.creatives().stream()
        .anyMatch(
            own ->
                own.id().equals(creative.id())
                    && own.type() == creative.type()
                    && own.size().equals(creative.size()));
  }
}
