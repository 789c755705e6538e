package io.dualbid.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PerClick;
import io.dualbid.stream.codec.DeadLetterCodec;
import io.dualbid.stream.codec.OutcomeCodec;
import io.dualbid.stream.codec.PlacementCodec;
import io.dualbid.stream.codec.PlacementCodec.Placement;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The placement job beside pacing on a real broker. */
class PlacementIT {
  /** Longer than any wait: a click that a busy machine tells late is still paid for. */
  private static final long WINDOW_MILLIS = 900_000;

  private final List<Placement> placements = new ArrayList<>();
  private final Set<String> clicked = new HashSet<>();
  private long sent;

  private static Campaign clicks(String id, double budget, double price) {
    return EngineHarness.campaign(id, Status.ACTIVE, budget)
        .paying(new PerClick(Money.floorNanos(price), WINDOW_MILLIS));
  }

  /** Two ads want one place; the winner pays what the other would earn there. */
  private void ask(EngineHarness harness, String one, String other) {
    String id = "text-" + sent++;
    String json =
        ("{'id':'"
                + id
                + "','tmax':2000,'positions':1,'creatives':["
                + "{'campaign':'"
                + one
                + "','creative':'x','click_weight':[0.5]},"
                + "{'campaign':'"
                + other
                + "','creative':'y','click_weight':[0.5]}]}")
            .replace('\'', '"');
    harness.send(
        harness.engine().kafka().topics().contentRequests(),
        id,
        json.getBytes(StandardCharsets.UTF_8));
  }

  private void look(EngineHarness harness) {
    for (RawRecord raw : harness.news(harness.engine().kafka().topics().placements())) {
      try {
        placements.add(PlacementCodec.decode(raw.value()));
      } catch (UnreadableRecord e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Each ad that is shown and whose impression was free is clicked, twice told. */
  private void click(EngineHarness harness) {
    for (Bid bid : harness.bids()) {
      if (bid.paysPerClick() && clicked.add(bid.id().toString())) {
        Outcome click =
            new Outcome(
                bid.id() + "-c",
                Outcome.Kind.CLICK,
                bid.id(),
                bid.campaign(),
                System.currentTimeMillis(),
                0,
                1,
                bid.userKey());
        for (int told = 0; told < 2; told++) {
          harness.send(
              harness.engine().kafka().topics().outcomes(),
              bid.campaign(),
              OutcomeCodec.encode(click));
        }
      }
    }
  }

  private static PacingUpdate update(EngineHarness harness, String campaign) {
    return Objects.requireNonNull(harness.update(campaign));
  }

  private static long spent(EngineHarness harness, String campaign) {
    PacingUpdate update = harness.update(campaign);
    return update == null ? 0 : update.ledger().spentNanos();
  }

  private static long prices(EngineHarness harness, String campaign) {
    return harness.bids().stream()
        .filter(bid -> bid.campaign().equals(campaign))
        .map(bid -> Objects.requireNonNull(bid.click()))
        .mapToLong(ClickTerms::priceNanos)
        .sum();
  }

  @Test
  void chargesClicksAndImpressionsThroughTheSameLedgers() throws Exception {
    try (EngineHarness harness = new EngineHarness("placement")) {
      harness.startPacing();
      harness.startPlacement();
      harness.publish(clicks("a", 500, 0.5));
      harness.publish(clicks("b", 500, 0.4));
      harness.publish(EngineHarness.campaign("c", Status.ACTIVE, 500));
      harness.publish(EngineHarness.campaign("d", Status.ACTIVE, 500));
      harness.await(
          "clicks and impressions are charged",
          false,
          () -> {
            ask(harness, "a", "b");
            ask(harness, "c", "d");
            look(harness);
            click(harness);
            return spent(harness, "a") > 0 && spent(harness, "c") + spent(harness, "d") > 0;
          });
      harness.await(
          "each text is answered",
          false,
          () -> {
            look(harness);
            return placements.size() >= sent;
          });
      assertThat(placements).hasSize((int) sent);
      harness.await(
          "all is settled",
          false,
          () -> {
            click(harness);
            return spent(harness, "a") == prices(harness, "a")
                && spent(harness, "b") == prices(harness, "b")
                && update(harness, "c").ledger().reservedNanos() == 0
                && update(harness, "d").ledger().reservedNanos() == 0;
          });
      long half =
          harness.bids().stream()
              .filter(bid -> !bid.paysPerClick())
              .mapToLong(bid -> bid.amountNanos() / 2)
              .sum();
      assertThat(spent(harness, "c") + spent(harness, "d")).isEqualTo(half);
      for (String campaign : List.of("a", "b", "c", "d")) {
        assertThat(update(harness, campaign).problem()).isNull();
        assertThat(update(harness, campaign).totals().unmatched()).isZero();
      }
      Set<String> promised = new HashSet<>();
      harness.bids().forEach(bid -> promised.add(bid.id().toString()));
      // An ad that is named but not paid for is one whose bid is in the journal, late.
      harness.lateBids().forEach(issued -> promised.add(issued.bid().id().toString()));
      for (Placement placement : placements) {
        assertThat(placement.ads().isEmpty()).isEqualTo(placement.reason() != null);
        placement.ads().forEach(ad -> assertThat(promised).contains(ad.bid().toString()));
      }
    }
  }

  @Test
  void neverChargesClicksBeyondTheBudgetAndTellsWhatItCannotRead() throws Exception {
    try (EngineHarness harness = new EngineHarness("placement-cap")) {
      harness.startPacing();
      harness.startPlacement();
      // Three clicks and a half.
      harness.publish(clicks("a", 1.4, 0.5));
      harness.publish(clicks("b", 500, 0.4));
      String topic = harness.engine().kafka().topics().contentRequests();
      harness.send(topic, "x", "{'id':'x','positions':1}".getBytes(StandardCharsets.UTF_8));
      harness.send(topic, "y", "{\"id\":\"y\",\"positions\":1}".getBytes(StandardCharsets.UTF_8));
      harness.await(
          "the budget is spent",
          false,
          () -> {
            ask(harness, "a", "b");
            look(harness);
            click(harness);
            return spent(harness, "a") == Money.floorNanos(1.4);
          });
      harness.await(
          "other clicks are charged too",
          false,
          () -> {
            ask(harness, "a", "b");
            look(harness);
            click(harness);
            return spent(harness, "b") > 0;
          });
      assertThat(spent(harness, "a")).isEqualTo(Money.floorNanos(1.4));
      assertThat(update(harness, "a").problem()).isNull();
      assertThat(harness.deadLetters()).hasSize(2);
      List<String> reasons = new ArrayList<>();
      for (RawRecord raw : harness.deadLetters()) {
        reasons.add(DeadLetterCodec.decode(raw.value()).reason());
      }
      assertThat(reasons)
          .anyMatch(reason -> reason.contains("accepted: a JSON object"))
          .anyMatch(reason -> reason.contains("'creatives'"));
    }
  }
}
