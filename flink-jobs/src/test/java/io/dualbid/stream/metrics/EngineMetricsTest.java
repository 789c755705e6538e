package io.dualbid.stream.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Position;
import io.dualbid.core.model.PacingUpdate.Totals;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EngineMetricsTest {
  private static final long MINUTE = 60_000;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong now = new AtomicLong(1_000_000_000);
  private final EngineMetrics metrics = new EngineMetrics(registry, now::get);

  private static PacingUpdate update(String campaign, long wins) {
    return new PacingUpdate(
        campaign,
        1,
        PacingUpdate.State.ACTIVE,
        Multipliers.budget(1),
        null,
        new LedgerSummary(9, 9, 3, 0, 0),
        Position.START,
        new Totals(wins, 0, 0, wins, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        null);
  }

  private boolean isTold(String campaign) {
    return registry.find("dualbid.spend").tag("campaign", campaign).gauge() != null;
  }

  @Test
  void gaugesGoAnHourAfterTheirCampaign() {
    int without = registry.getMeters().size();
    metrics.campaign(update("gone", 2));
    metrics.campaign(update("here", 2));
    int each = (registry.getMeters().size() - without) / 2;
    for (int i = 0; i < 60; i++) {
      now.addAndGet(MINUTE);
      metrics.campaign(update("here", 3));
    }
    assertThat(isTold("gone")).isTrue();
    now.addAndGet(2 * MINUTE);
    metrics.campaign(update("here", 3));
    assertThat(isTold("gone")).isFalse();
    assertThat(isTold("here")).isTrue();
    assertThat(registry.getMeters()).hasSize(without + each);
    metrics.campaign(update("gone", 2));
    assertThat(isTold("gone")).isTrue();
  }

  @Test
  void stateIsToldAsASumOfSubtasks() {
    metrics.state(1, 400);
    metrics.state(1, 300);
    metrics.state(0, -100);
    metrics.state(-1, -300);
    assertThat(registry.get("dualbid.state.campaigns").gauge().value()).isEqualTo(1);
    assertThat(registry.get("dualbid.state.size").gauge().value()).isEqualTo(300);
  }
}
