package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.pacing.LeaseAllotment.Holder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LeaseAllotmentTest {
  private final LeaseAllotment allotment = new LeaseAllotment();

  private static List<Holder> holders(long... held) {
    List<Holder> holders = new ArrayList<>();
    for (int i = 0; i < held.length; i++) {
      holders.add(new Holder(i, 100 + i, held[i]));
    }
    return holders;
  }

  @Test
  void followsThePlanWhereNothingWasBidYet() {
    assertThat(allotment.amounts(holders(0, 0), 1_000_000, 1_000, 2_000, 10))
        .containsExactly(10_000, 10_000);
  }

  @Test
  void splitsByWhereTheBidsWereMade() {
    for (int second = 0; second < 20; second++) {
      for (int i = 0; i < 100; i++) {
        allotment.bid(0, 30);
        allotment.bid(1, 10);
      }
      allotment.elapsed(1_000);
    }
    long[] amounts = allotment.amounts(holders(100_000, 100_000), 1_000_000, 1_000, 0, 10);
    assertThat(amounts).containsExactly(0, 0);
    // Both hold just enough not to have run dry.
    amounts = allotment.amounts(holders(400, 200), 1_000_000, 1_000, 0, 10);
    assertThat(amounts).containsExactly(2_600, 800);
  }

  /** Else it could bid no more than crumbs, and be outranked for good. */
  @Test
  void givesWhatThePlanWantsToACampaignThatHasNotBidForLong() {
    allotment.bid(0, 1_000);
    allotment.bid(1, 1_000);
    for (int second = 0; second < 60; second++) {
      allotment.elapsed(1_000);
    }
    long[] amounts = allotment.amounts(holders(10_000, 10_000), 1_000_000, 1_000, 40_000, 10_000);
    assertThat(amounts).containsExactly(190_000, 190_000);
  }

  @Test
  void givesAFewBidsWhereThePlanWantsLess() {
    allotment.bid(0, 1_000);
    for (int second = 0; second < 60; second++) {
      allotment.elapsed(1_000);
    }
    assertThat(allotment.amounts(holders(500), 1_000_000, 1_000, 1, 10_000))
        .containsExactly(LeaseAllotment.FEW_BIDS * 1_000 - 500);
  }

  @Test
  void givesMoreToASubtaskThatKeepsRunningDry() {
    allotment.bid(0, 1_000);
    allotment.elapsed(1_000);
    long first = allotment.amounts(holders(0), 1_000_000, 1_000, 0, 10)[0];
    long second = allotment.amounts(holders(0), 1_000_000, 1_000, 0, 10)[0];
    assertThat(second).isEqualTo(2 * first);
  }

  @Test
  void givesWhatIsTooLittleToSplitToOneAtATimeInTurn() {
    for (int i = 0; i < 3; i++) {
      allotment.bid(i, 100);
    }
    allotment.elapsed(1_000);
    assertThat(allotment.amounts(holders(0, 0, 0), 50, 1_000, 0, 1_000)).containsExactly(50, 0, 0);
    assertThat(allotment.amounts(holders(0, 0, 0), 50, 1_000, 0, 1_000)).containsExactly(0, 50, 0);
    assertThat(allotment.amounts(holders(0, 0, 0), 50, 1_000, 0, 1_000)).containsExactly(0, 0, 50);
  }

  @Property(tries = 300)
  void neverGivesMoreThanIsAvailable(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LeaseAllotment tried = new LeaseAllotment();
    int subtasks = 1 + random.nextInt(5);
    for (int step = 0; step < 50; step++) {
      for (int i = random.nextInt(20); i > 0; i--) {
        tried.bid(random.nextInt(subtasks), 1 + random.nextLong(10_000));
      }
      tried.elapsed(1 + random.nextInt(500));
      long[] held = new long[subtasks];
      for (int i = 0; i < subtasks; i++) {
        held[i] = random.nextLong(50_000);
      }
      long available = random.nextLong(100_000);
      long sum = 0;
      for (long amount :
          tried.amounts(
              holders(held), available, 1_000, random.nextDouble() * 1e5, 1 + random.nextInt(9))) {
        assertThat(amount).isNotNegative();
        sum += amount;
      }
      assertThat(sum).isLessThanOrEqualTo(available);
    }
  }
}
