package io.dualbid.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.pacing.Campaigns;
import io.dualbid.core.pacing.LivingSubtasks;
import io.dualbid.core.pacing.PacingConfig;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a pacer keeps does not grow with the time that it runs. */
class StateBoundTest {
  private static final long START = 1_000_000;
  private static final long HOUR = 3_600_000;
  private static final long UNIT = 1_000_000_000L;
  private static final long AMOUNT = 100_000;
  private static final long BETWEEN_BIDS = 50;
  private static final PacingConfig CONFIG =
      new PacingConfig(100, 0.3, 0.1, 0.3, 200, 3_000, 1_000, 20, 5_000, 60_000, 1_000);

  private final Pacer pacer = new Pacer("a", CONFIG, START, 0);
  private final LivingSubtasks living = new LivingSubtasks();
  private final Deque<Bid> open = new ArrayDeque<>();
  private final Leases leases = new Leases();
  private long offset;
  private long wins;

  /** The newest lease, and what is left of it. */
  private static final class Leases implements Pacer.Output {
    @Nullable Lease newest;
    @Nullable PacingUpdate told;
    long left;

    @Override
    public void pacing(PacingUpdate update) {
      told = update;
    }

    @Override
    public void lease(Lease lease) {
      newest = lease;
      left = lease.amountNanos();
    }

    @Override
    public void feedbackAge(double millis) {}
  }

  private int bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    pacer.write(new DataOutputStream(bytes), (campaign, data) -> {});
    return bytes.size();
  }

  private void play(long from, long to, boolean bids) {
    for (long now = from; now < to; now += BETWEEN_BIDS) {
      living.heard(new Heartbeat(7, 0, now), now);
      pacer.tick(now, living, leases);
      Lease lease = leases.newest;
      if (bids && lease != null && lease.expiryMillis() > now + 300 && leases.left >= AMOUNT) {
        leases.left -= AMOUNT;
        Bid bid = bid(lease, now);
        pacer.bid(bid, now, offset++);
        open.add(bid);
      }
      // Each wins a second later, and is told twice; every eighth is never heard of again.
      while (!open.isEmpty() && open.getFirst().decidedMillis() < now - 1_000) {
        Bid bid = open.removeFirst();
        if (offset % 8 != 0) {
          win(bid, now);
          win(bid, now);
          wins++;
        }
      }
    }
  }

  private Bid bid(Lease lease, long now) {
    String request = "r" + now;
    return new Bid(
        BidId.of(request, "1"),
        request,
        "1",
        "a",
        "banner",
        AMOUNT,
        lease.id(),
        lease.day(),
        0,
        now + 200,
        now,
        1,
        0.0001,
        1.0,
        null);
  }

  private void win(Bid bid, long now) {
    Outcome win =
        new Outcome(bid.id() + "-w", Outcome.Kind.WIN, bid.id(), "a", now, AMOUNT / 2, 0, null);
    pacer.outcome(win, now, offset++);
  }

  @Test
  void anHourLaterItIsAsLargeAsBefore() throws IOException {
    pacer.define(
        Campaigns.capped(
            Campaigns.campaign("a", 1_000 * UNIT, Campaigns.flight(START, START + 4 * HOUR)),
            AMOUNT));
    List<Integer> sizes = new ArrayList<>();
    for (int hour = 0; hour < 3; hour++) {
      play(START + hour * HOUR, START + (hour + 1) * HOUR, true);
      sizes.add(bytes());
    }
    assertThat(wins).isGreaterThan(3 * HOUR / BETWEEN_BIDS / 2);
    // What is remembered is a minute's outcomes and some seconds' bids: less than 200 bytes each.
    assertThat(sizes.get(0)).isLessThan(200 * 1_300);
    assertThat(sizes)
        .allSatisfy(size -> assertThat((double) size / sizes.get(0)).isBetween(0.9, 1.1));

    PacingUpdate last = Objects.requireNonNull(leases.told);
    assertThat(last.totals().duplicates()).isGreaterThan(wins - 100);
    assertThat(last.problem()).isNull();

    // Over and settled: the ledger is left, and nothing of single bids and outcomes.
    play(START + 3 * HOUR, START + 3 * HOUR + 200_000, false);
    pacer.remove();
    play(START + 3 * HOUR + 200_000, START + 3 * HOUR + 400_000, false);
    assertThat(Objects.requireNonNull(leases.told).ledger().spentNanos())
        .isEqualTo(wins * (AMOUNT / 2));
    assertThat(bytes()).isLessThan(2_000);
  }
}
