package io.dualbid.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.engine.Explainer.Opinion;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Position;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.core.model.PacingUpdate.Totals;
import io.dualbid.core.model.Reason;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import io.dualbid.core.pacing.Campaigns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private static final long NOW = 1_000_000;
  private static final BidderConfig CONFIG = new BidderConfig(false, 20, 3_000, 0.3);

  private static Campaign campaign(String id) {
    return Campaigns.campaign(id, 100_000_000_000L, Campaigns.flight(0, 10_000_000))
        .with(Strategy.budget(Objective.VALUE, Mirror.ENTROPY, 1));
  }

  private static BidRequest request(String id) {
    return new BidRequest(
        id,
        NOW,
        200,
        false,
        "USD",
        true,
        List.of("a.example"),
        "USA",
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(Impression.banner("1", 300, 250)));
  }

  private static PacingUpdate update(String campaign, long epoch, double multiplier, State state) {
    return new PacingUpdate(
        campaign,
        epoch,
        state,
        Multipliers.budget(multiplier),
        null,
        new LedgerSummary(9, 9, 0, 0, 0),
        Position.START,
        new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        null);
  }

  @Property(tries = 100)
  void theHighestScoreIsOffered(
      @ForAll @Size(min = 1, max = 8) List<@DoubleRange(min = 0.5, max = 5) Double> multipliers,
      @ForAll int number) {
    List<Campaign> campaigns = new ArrayList<>();
    List<PacingUpdate> updates = new ArrayList<>();
    for (int i = 0; i < multipliers.size(); i++) {
      campaigns.add(campaign("c" + i));
      updates.add(update("c" + i, 1, multipliers.get(i), State.ACTIVE));
    }

    List<Opinion> opinions =
        new Explainer(CONFIG, campaigns, updates).explain(request("r" + number), NOW);

    assertThat(opinions).hasSameSizeAs(campaigns).allMatch(o -> o.reason() == null);
    Opinion best = opinions.stream().max(Comparator.comparingDouble(Opinion::score)).orElseThrow();
    assertThat(opinions.stream().filter(Opinion::offered)).containsExactly(best);
    for (int i = 0; i < opinions.size(); i++) {
      Opinion opinion = opinions.get(i);
      assertThat(opinion.bidNanos()).isEqualTo((long) (opinion.value() / multipliers.get(i) * 1e9));
      assertThat(opinion.score()).isBetween(0.7 * opinion.bidNanos(), (double) opinion.bidNanos());
    }
  }

  @Test
  void saysWhyACampaignIsOut() {
    Targeting canada =
        new Targeting(
            Set.of("CAN"),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            List.of(),
            null);
    List<Campaign> campaigns =
        List.of(
            campaign("bids"),
            campaign("elsewhere").with(canada),
            campaign("paused").with(Campaign.Status.PAUSED),
            campaign("spent"));
    List<PacingUpdate> updates =
        List.of(
            update("spent", 2, 1, State.EXHAUSTED),
            update("spent", 1, 1, State.ACTIVE),
            update("bids", 3, 2, State.ACTIVE));

    List<Opinion> opinions = new Explainer(CONFIG, campaigns, updates).explain(request("r"), NOW);

    assertThat(opinions)
        .extracting(Opinion::reason)
        .containsExactly(null, Reason.NO_CANDIDATE, Reason.NOT_ACTIVE, Reason.LEASE_EMPTY);
    assertThat(opinions.get(0).offered()).isTrue();
    assertThat(opinions.get(1).unmet()).isEqualTo("countries or regions");
    assertThat(opinions.get(2).unmet()).isNull();
  }
}
