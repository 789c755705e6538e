package io.dualbid.simulator.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.pacing.PacingConfig;
import org.junit.jupiter.api.Test;

class TakenBidsTest {
  /** A bid is remembered for 400 + 20 + 600 ms after its deadline. */
  private static final PacingConfig CONFIG =
      new PacingConfig(100, 0.3, 0.3, 0.3, 200, 1_500, 500, 20, 400, 600, 1_000);

  private final TakenBids taken = new TakenBids(CONFIG);

  private static Bid bid(String request, String campaign, long deadline) {
    return new Bid(
        BidId.of(request, "1"),
        request,
        "1",
        campaign,
        "b",
        20_000,
        7,
        3,
        0,
        deadline,
        0,
        0,
        0.5,
        2.0,
        null);
  }

  @Test
  void takesOneBidOfAnIdForAsLongAsTheLedgersRememberIt() {
    assertThat(taken.take(bid("r", "a", 50), 0)).isNull();
    assertThat(taken.take(bid("r", "a", 50), 10)).isEqualTo("a");
    assertThat(taken.take(bid("r", "b", 1_100), 1_070)).isEqualTo("a");
    assertThat(taken.take(bid("r", "b", 1_121), 1_071)).isNull();
    assertThat(taken.take(bid("r", "a", 1_122), 1_072)).isEqualTo("b");
    assertThat(taken.take(bid("s", "a", 1_122), 1_072)).isNull();
  }

  @Test
  void forgetsBidsThatNothingCanRepeatAnyMore() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(taken.take(bid("r" + i, "a", i + 50), i)).isNull();
      assertThat(taken.size()).isLessThan(1_070 + 600 + 10);
    }
  }
}
