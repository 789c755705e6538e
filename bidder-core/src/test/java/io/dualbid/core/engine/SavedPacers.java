package io.dualbid.core.engine;

import io.dualbid.core.model.Attribution;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.core.model.Strategy.Method;
import io.dualbid.core.pacing.Campaigns;
import io.dualbid.core.pacing.LivingSubtasks;
import io.dualbid.core.pacing.PacingConfig;
import io.dualbid.core.targeting.FrequencyCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Pacers of every kind in the middle of their work: won, lost, open and silent bids, outcomes that
 * wait for their bid, values that came late.
 */
final class SavedPacers {
  static final PacingConfig CONFIG =
      new PacingConfig(100, 0.3, 0.1, 0.3, 200, 3_000, 1_000, 20, 2_000, 60_000, 1_000);

  private static final long START = 1_010_000;
  private static final long UNIT = 1_000_000_000L;
  private static final long AMOUNT = UNIT / 100_000;
  private static final int USERS = 40;
  private static final long HOUR = 3_600_000;

  private final Pacer pacer;
  private final LivingSubtasks living = new LivingSubtasks();
  private final List<Lease> leases = new ArrayList<>();
  private final Map<Long, Long> drawn = new HashMap<>();
  private final boolean perClick;
  private final boolean paysItsBid;
  private long offset;

  private SavedPacers(Campaign campaign) {
    pacer = new Pacer(campaign.id(), CONFIG, START, 0);
    pacer.define(campaign);
    perClick = campaign.perClick() != null;
    paysItsBid = campaign.strategy().auction() == AuctionType.FIRST_PRICE;
    play();
  }

  /** By the name of their kind. */
  static Map<String, Pacer> all() {
    Campaign plain = Campaigns.campaign("a", 10 * UNIT, Campaigns.flight(START, START + 600_000));
    Strategy value = Strategy.value(1);
    Map<String, Campaign> kinds = new TreeMap<>();
    kinds.put("budget", plain);
    kinds.put(
        "return",
        plain.with(
            value.keeping(Constraint.BOTH, 2, true).attributing(new Attribution(HOUR, true))));
    kinds.put("min", plain.with(value.keeping(Constraint.BOTH, 2, false).by(Method.MIN)));
    kinds.put(
        "sequential", plain.with(value.keeping(Constraint.BOTH, 2, false).by(Method.SEQUENTIAL)));
    kinds.put("pid", plain.with(value.by(Method.PID)));
    kinds.put("throttling", plain.with(value.by(Method.THROTTLING)));
    kinds.put("smoothing", plain.with(value.by(Method.SMOOTHING)));
    kinds.put("fixed", plain.with(value.by(Method.FIXED)));
    kinds.put("first-price", plain.with(value.in(AuctionType.FIRST_PRICE)));
    kinds.put("per-click", plain.paying(new PerClick(UNIT / 10_000, HOUR)));
    kinds.put(
        "daily",
        Campaigns.campaign(
            "a",
            10 * UNIT,
            UNIT,
            Campaigns.flight(START, START + 48 * HOUR),
            io.dualbid.core.model.Plan.EVEN));
    Map<String, Pacer> pacers = new TreeMap<>();
    kinds.forEach((kind, campaign) -> pacers.put(kind, new SavedPacers(campaign).pacer));
    pacers.put("halted", halted(plain));
    return pacers;
  }

  /** A bid on a lease that was never made out breaches the ledger. */
  private static Pacer halted(Campaign campaign) {
    Pacer pacer = new SavedPacers(campaign).pacer;
    Lease unknown = new Lease(77, "a", 7, 0, UNIT, 0, 0);
    pacer.bid(bid("breach", unknown, START + 8_000), START + 8_010, 900);
    return pacer;
  }

  private void play() {
    for (long time = START; time < START + 8_000; time += 20) {
      living.heard(new Heartbeat(7, 0, time), time);
      living.heard(new Heartbeat(8, 1, time), time);
      pacer.tick(time, living, output());
      Lease lease = time % 100 == 0 ? usable(time) : null;
      if (lease != null) {
        auction(lease, time);
      }
    }
    Bid never = bid("never", leases.get(0), START + 8_000);
    pacer.outcome(notice(never, Outcome.Kind.WIN, START + 8_000), START + 8_000, offset++);
  }

  private @Nullable Lease usable(long time) {
    for (Lease lease : leases) {
      long left = lease.amountNanos() - drawn.getOrDefault(lease.id(), 0L);
      if (left >= AMOUNT && lease.expiryMillis() > time + 200) {
        return lease;
      }
    }
    return null;
  }

  private void auction(Lease lease, long time) {
    int number = (int) ((time - START) / 100);
    drawn.merge(lease.id(), AMOUNT, Long::sum);
    Bid bid = bid("r" + number, lease, time);
    Bid placed = perClick ? bid.paying(new ClickTerms(UNIT / 10_000, 0.1, time + HOUR)) : bid;
    pacer.bid(placed, time + 5, offset++);
    Outcome.Kind kind =
        switch (number % 4) {
          case 0, 1 -> Outcome.Kind.WIN;
          case 2 -> Outcome.Kind.LOSS;
          default -> Outcome.Kind.CLICK;
        };
    if (number % 8 != 7) {
      pacer.outcome(notice(placed, kind, time + 10), time + 12, offset++);
    }
    if (number % 4 == 1) {
      pacer.outcome(notice(placed, Outcome.Kind.CLICK, time + 15), time + 15, offset++);
      pacer.outcome(notice(placed, Outcome.Kind.CONVERSION, time + 16), time + 16, offset++);
    }
  }

  private Outcome notice(Bid bid, Outcome.Kind kind, long time) {
    long price =
        kind == Outcome.Kind.WIN ? (paysItsBid ? bid.amountNanos() : bid.amountNanos() / 2) : 0;
    double value = kind == Outcome.Kind.CLICK || kind == Outcome.Kind.CONVERSION ? 1.0 / 128 : 0;
    return new Outcome(
        bid.id() + "-" + kind.label(), kind, bid.id(), "a", time, price, value, bid.userKey());
  }

  private static Bid bid(String request, Lease lease, long time) {
    return new Bid(
        BidId.of(request, "1"),
        request,
        "1",
        "a",
        "banner",
        AMOUNT,
        lease.id(),
        lease.day(),
        lease.subtask(),
        time + 200,
        time,
        Math.max(1, time - 200),
        0.01,
        UNIT / 50_000,
        1.0,
        42L);
  }

  private Pacer.Output output() {
    return new Pacer.Output() {
      @Override
      public void pacing(PacingUpdate update) {}

      @Override
      public void lease(Lease lease) {
        leases.add(lease);
      }

      @Override
      public void feedbackAge(double millis) {}
    };
  }

  /** Counts in windows of two lengths. */
  static FrequencyCounter counter() {
    FrequencyCounter counter = new FrequencyCounter(64, 2_000);
    for (int user = 0; user < USERS; user++) {
      for (int i = 0; i < user % 4; i++) {
        counter.record(user, 5, START + user * 1_000L, HOUR);
        counter.record(user, 6, START + user * 1_000L, 24 * HOUR);
      }
    }
    return counter;
  }

  /** The counts of each user. */
  static String meaning(FrequencyCounter counter) {
    StringBuilder text = new StringBuilder();
    for (int user = 0; user < USERS; user++) {
      text.append("user ").append(user).append(": ");
      text.append(counter.count(user, 5, START + USERS * 1_000L, HOUR)).append(" in an hour, ");
      text.append(counter.count(user, 6, START + USERS * 1_000L, 24 * HOUR)).append(" in a day\n");
    }
    return text.toString();
  }
}
