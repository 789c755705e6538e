package io.dualbid.simulator.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.stream.codec.PacingUpdateCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final long NOW = Updates.START + 500_000;

  private final Board board = new Board();

  private void tell(PacingUpdate update) {
    board.pacing(
        update.campaign().getBytes(StandardCharsets.UTF_8), PacingUpdateCodec.encode(update));
  }

  private List<String> order() {
    return board.overview().campaigns().stream().map(CampaignView::id).toList();
  }

  @Test
  void putsThoseThatNeedAttentionFirst() {
    board.caughtUp();
    tell(Updates.active("a-pacing", NOW, 500, 500, 100));
    tell(Updates.update("b-early", NOW, State.EXHAUSTED, 1_000, 500, 100, 0, null));
    tell(Updates.update("c-halted", NOW, State.HALTED, 500, 500, 100, 0, "a breach"));
    tell(Updates.update("d-paused", NOW, State.PAUSED, 500, 500, 100, 0, null));
    board.sweep(Set.of(), NOW);
    // Without a definition nobody knows that b is out early.
    assertThat(order()).containsExactly("c-halted", "a-pacing", "b-early", "d-paused");
    var campaign = Updates.campaign(0);
    board.defined(
        "b-early".getBytes(StandardCharsets.UTF_8),
        new String(Configurations.toJson(campaign), StandardCharsets.UTF_8)
            .replace(campaign.id(), "b-early")
            .getBytes(StandardCharsets.UTF_8));
    board.sweep(Set.of(), NOW);
    assertThat(order()).containsExactly("c-halted", "b-early", "a-pacing", "d-paused");
    assertThat(board.overview().attention()).isEqualTo(2);
    assertThat(board.overview().totals().spentNanos()).isEqualTo(2_500);
  }

  @Test
  void keepsTheGreatestEpochWhateverComesLast() {
    board.caughtUp();
    tell(Updates.active("a", NOW, 500, 500, 100));
    tell(Updates.active("a", NOW - 1, 400, 400, 90));
    board.sweep(Set.of(), NOW);
    assertThat(board.overview().totals().spentNanos()).isEqualTo(500);
  }

  @Test
  void seesAHaltAtOnceAmongManyAndTheRestInTurn() {
    board.caughtUp();
    int many = 5_000;
    for (int i = 0; i < many; i++) {
      tell(Updates.active(String.format(Locale.ROOT, "c-%05d", i), NOW, 100, 100, 100));
    }
    for (int i = 0; i < 10; i++) {
      board.sweep(Set.of(), NOW);
    }
    assertThat(board.overview().attention()).isZero();
    for (int i = 0; i < many; i++) {
      tell(Updates.active(String.format(Locale.ROOT, "c-%05d", i), NOW + 1, 101, 100, 100));
    }
    tell(Updates.update("c-04999", NOW + 2, State.HALTED, 100, 100, 100, 0, "a breach"));
    board.sweep(Set.of("c-02500"), NOW);
    assertThat(order().get(0)).isEqualTo("c-04999");
    assertThat(board.overview().totals().spentNanos())
        .isGreaterThan(100L * many)
        .isLessThan(101L * many - 1);
    for (int i = 0; i < 10; i++) {
      board.sweep(Set.of(), NOW);
    }
    assertThat(board.overview().totals().spentNanos()).isEqualTo(101L * many - 1);
  }

  @Test
  void learnsThePastFromAllRecordsAndThePresentFromTheNewest() {
    for (int i = 0; i < 50; i++) {
      tell(Updates.active("a", NOW + 1_000L * i, i, i, i));
    }
    board.caughtUp();
    for (int i = 50; i < 60; i++) {
      tell(Updates.active("a", NOW + 1_000L * i, i, i, i));
    }
    board.sweep(Set.of(), NOW + 60_000);
    CampaignView view = board.find("a");
    assertThat(view).isNotNull();
    if (view != null) {
      assertThat(view.snapshot().samples()).isEqualTo(51);
      assertThat(board.overview().totals().spentNanos()).isEqualTo(59);
    }
  }

  @Test
  void survivesRecordsThatNobodyCanRead() {
    board.caughtUp();
    tell(Updates.active("a", NOW, 500, 500, 100));
    byte[] key = "a".getBytes(StandardCharsets.UTF_8);
    board.pacing(key, "{\"epoch\":9999999999999".getBytes(StandardCharsets.UTF_8));
    board.defined(key, "{".getBytes(StandardCharsets.UTF_8));
    board.pacing(null, null);
    board.sweep(Set.of("a", "unknown"), NOW);
    assertThat(order()).containsExactly("a");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] definition(String id) {
    var campaign = Updates.campaign(0);
    return bytes(
        new String(Configurations.toJson(campaign), StandardCharsets.UTF_8)
            .replace(campaign.id(), id));
  }

  @Test
  void listsNoCampaignThatTheEngineRefuses() {
    board.caughtUp();
    board.defined(bytes("b"), definition("a"));
    board.defined(bytes("not an id"), definition("not an id"));
    board.defined(bytes("c"), bytes("{"));
    board.defined(bytes("gone"), null);
    board.pacing(bytes("d"), PacingUpdateCodec.encode(Updates.active("e", NOW, 1, 1, 1)));
    board.pacing(
        bytes("not an id"), PacingUpdateCodec.encode(Updates.active("not an id", NOW, 1, 1, 1)));
    board.pacing(new byte[0], PacingUpdateCodec.encode(Updates.active("f", NOW, 1, 1, 1)));
    board.sweep(Set.of("b", "d"), NOW);
    assertThat(order()).isEmpty();
    assertThat(board.overview().attention()).isZero();
    assertThat(board.overview().totals().spentNanos()).isZero();
    assertThat(board.find("b")).isNull();

    // They are no hindrance to what comes under the same keys.
    board.defined(bytes("b"), definition("b"));
    board.pacing(bytes("d"), PacingUpdateCodec.encode(Updates.active("d", NOW - 1, 7, 7, 1)));
    board.sweep(Set.of(), NOW);
    assertThat(order()).containsExactlyInAnyOrder("b", "d");
    assertThat(board.overview().totals().spentNanos()).isEqualTo(7);
  }

  @Test
  void goesByTheDefinitionBeforeOneThatTheEngineRefuses() {
    board.caughtUp();
    board.defined(bytes("a"), definition("a"));
    board.defined(bytes("a"), definition("b"));
    board.sweep(Set.of(), NOW);
    CampaignView view = board.find("a");
    assertThat(view).isNotNull();
    if (view != null) {
      assertThat(view.snapshot().definition()).isNotNull();
    }
  }
}
