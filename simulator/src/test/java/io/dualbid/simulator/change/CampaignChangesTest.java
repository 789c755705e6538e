package io.dualbid.simulator.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Position;
import io.dualbid.core.model.PacingUpdate.Totals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CampaignChangesTest {
  /** Ten hours before the end of {@link #FIELDS}' flight of twenty. */
  private static final long NOW = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

  private static final String FIELDS =
      """
      id: spring-sale
      advertiser: shoes.example
      budget: 500
      flight: { start: 2026-03-01T00:00:00Z, end: 2026-03-01T20:00:00Z }
      value-per-click: 1
      click-rate: 0.001
      max-bid-cpm: 10
      creatives: [{ id: square, type: banner, size: 300x250 }]
      """;

  private static Campaign campaign(String fields) {
    return Configurations.campaigns(
            "test", "campaigns:\n  - " + fields.strip().replace("\n", "\n    ") + "\n")
        .get(0);
  }

  private static Campaign with(String from, String to) {
    assertThat(FIELDS).contains(from);
    return campaign(FIELDS.replace(from, to));
  }

  private static CampaignChange change(Campaign now, Evidence evidence) {
    List<CampaignChange> changes =
        CampaignChanges.between(List.of(campaign(FIELDS)), List.of(now), evidence, NOW);
    assertThat(changes).hasSize(1);
    return changes.get(0);
  }

  private static List<String> words(String from, String to) {
    CampaignChange change = change(with(from, to), Evidence.NONE);
    assertThat(change.risks()).isEmpty();
    return change.words();
  }

  /** What is known of the campaign: its money, and a market that is told. */
  private record Told(
      long spent, long reserved, double value, Map<String, Evidence.Outlook> outlooks)
      implements Evidence {
    @Override
    public PacingUpdate update(String campaign) {
      long budget = Money.floorNanos(500);
      return new PacingUpdate(
          campaign,
          NOW,
          PacingUpdate.State.ACTIVE,
          Multipliers.budget(1),
          null,
          new LedgerSummary(budget, budget, spent, reserved, 0),
          Position.START,
          new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, value, 0, 0, 0, 0),
          null);
    }

    @Override
    public @Nullable Outlook outlook(Campaign campaign, double unitsAnHour) {
      return outlooks.get(Money.units(campaign.budgetNanos()) + " " + Math.round(unitsAnHour));
    }
  }

  @Test
  void nothingIsToldOfNothing() {
    List<Campaign> both = List.of(campaign(FIELDS));
    assertThat(CampaignChanges.between(both, both, Evidence.NONE, NOW)).isEmpty();
  }

  /** Half of 500 is taken to be spent: 250 in ten hours before, 400 after. */
  @Test
  void aBudgetChangesThePlanOfWhatIsLeft() {
    assertThat(words("budget: 500", "budget: 650"))
        .containsExactly(
            "budget 500.00 -> 650.00 (+30 %): with 10 h left the plan rises from 25.00 to 40.00 an"
                + " hour");
  }

  /** Of 500 the ledger has spent 300: 200 and 350 are left for ten hours. */
  @Test
  void theLedgerAndTheMarketAreHeardWhereTheyAreKnown() {
    Told told =
        new Told(
            Money.floorNanos(300),
            0,
            0,
            Map.of(
                "500.0 20", new Evidence.Outlook(1.84, 1, 2),
                "650.0 35", new Evidence.Outlook(1.549, 1, 2)));
    assertThat(change(with("budget: 500", "budget: 650"), told).words())
        .containsExactly(
            "budget 500.00 -> 650.00 (+30 %): with 10 h left the plan rises from 20.00 to 35.00 an"
                + " hour; expected multiplier 1.84 -> 1.55");
  }

  @Test
  void everyFieldIsTold() {
    assertThat(words("advertiser: shoes.example", "advertiser: boots.example"))
        .containsExactly("advertiser shoes.example -> boots.example");
    assertThat(words("budget: 500", "budget: 500\nstatus: paused"))
        .containsExactly("status active -> paused");
    assertThat(words("T20:00", "T15:00"))
        .containsExactly(
            "end 2026-03-01T20:00:00Z -> 2026-03-01T15:00:00Z: with 5 h left the plan rises from"
                + " 25.00 to 50.00 an hour");
    assertThat(words("value-per-click: 1", "value-per-click: 1.5"))
        .containsExactly("value of a click 1 -> 1.5");
    assertThat(words("max-bid-cpm: 10", "max-bid-cpm: 12.5"))
        .containsExactly("highest bid 10 CPM -> 12.5 CPM");
    assertThat(words("size: 300x250", "size: 320x50"))
        .containsExactly("creative square is another: banner 300x250 -> banner 320x50");
    assertThat(words("creatives: [", "creatives: [{ id: wide, type: banner, size: 728x90 }, "))
        .containsExactly("creatives +wide");
    assertThat(words("budget: 500", "budget: 500\ntargeting: { countries: [FRA, DEU] }"))
        .containsExactly("countries +DEU +FRA");
    assertThat(words("budget: 500", "budget: 500\nplan: front-loaded"))
        .containsExactly(
            "plan even -> front-loaded: with 10 h left the plan rises from 25.00 to 47.50 an hour");
    assertThat(words("click-rate: 0.001", "click-rate: 0.001\nbilling: cpc\nprice-per-click: 0.5"))
        .anyMatch(word -> word.startsWith("billing cpm -> cpc at 0.50"));
  }

  @Test
  void whoComesAndWhoGoesIsTold() {
    List<CampaignChange> changes =
        CampaignChanges.between(
            List.of(campaign(FIELDS)),
            List.of(campaign(FIELDS.replace("spring-sale", "summer").replace("square", "round"))),
            Evidence.NONE,
            NOW);
    assertThat(changes)
        .containsExactly(
            new CampaignChange(
                "spring-sale",
                List.of("no longer in the file, which leaves it as it is published"),
                List.of()),
            new CampaignChange(
                "summer",
                List.of(
                    "new, active: budget 500.00 from 2026-03-01T00:00:00Z to 2026-03-01T20:00:00Z"),
                List.of()));
  }

  @Test
  void aCutBelowWhatIsSpentOrCommittedIsARisk() {
    Told told = new Told(Money.floorNanos(300), Money.floorNanos(50), 0, Map.of());
    assertThat(change(with("budget: 500", "budget: 299"), told).risks())
        .containsExactly("budget 299.00 is below the 300.00 spent: it bids no more");
    assertThat(change(with("budget: 500", "budget: 320"), told).risks())
        .containsExactly(
            "budget 320.00 is below the 350.00 spent, promised and leased: it may end above it, by"
                + " what is promised already");
    assertThat(change(with("budget: 500", "budget: 350"), told).risks()).isEmpty();
  }

  @Test
  void aFlightThatIsOverIsARisk() {
    assertThat(change(with("T20:00", "T09:00"), Evidence.NONE).risks())
        .containsExactly("its flight has ended, at 2026-03-01T09:00:00Z: it bids no more");
  }

  @Test
  void aTargetOutOfReachIsARisk() {
    Campaign now = with("budget: 500", "budget: 500\nconstraint: both\ntarget-ros: 3");
    String target = "target 3 for the return on spend ";
    Told returned = new Told(Money.floorNanos(250), 0, 525, Map.of());
    assertThat(change(now, returned).risks())
        .containsExactly(target + "is above the 2.1 returned so far");
    assertThat(change(now, new Told(Money.floorNanos(250), 0, 751, Map.of())).risks()).isEmpty();
    Told none = new Told(0, 0, 0, Map.of("500.0 50", new Evidence.Outlook(0, 0, Double.NaN)));
    assertThat(change(now, none).risks())
        .containsExactly(target + "can't be reached: no auction that is known returns so much");
    Told little = new Told(0, 0, 0, Map.of("500.0 50", new Evidence.Outlook(0, 0.25, 3)));
    assertThat(change(now, little).risks())
        .containsExactly(
            target
                + "leaves money over: by the auctions that are known 25 % of the plan can be spent"
                + " with it");
  }

  @Test
  void oneCreativeInTwoCampaignsIsARisk() {
    Campaign spring = campaign(FIELDS);
    Campaign summer = campaign(FIELDS.replace("spring-sale", "summer"));
    List<CampaignChange> changes =
        CampaignChanges.between(List.of(spring), List.of(spring, summer), Evidence.NONE, NOW);
    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).risks())
        .containsExactly(
            "creative square is that of campaign spring-sale too: both bid for the same places");
    assertThat(
            CampaignChanges.between(
                List.of(spring, summer),
                List.of(spring, campaign(FIELDS.replace("spring-sale", "summer") + "plan: asap\n")),
                Evidence.NONE,
                NOW))
        .allMatch(change -> change.risks().isEmpty());
  }
}
