package io.dualbid.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.pacing.LivingSubtasks;
import io.dualbid.core.pacing.PacingConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two pacers of one campaign that read the same records of a random market: one lives on, the other
 * is saved and read back now and then. Whatever one says, the other must say.
 *
 * <p>Bids win, lose or stay silent; notices come late, twice, or before their bid; clicks,
 * conversions and corrections follow for seconds; bidders fall silent; the definition changes.
 */
final class TwinPacers {
  /** Windows are short, so that each ends within a play of some seconds. */
  static final PacingConfig CONFIG =
      new PacingConfig(100, 0.3, 0.1, 0.3, 200, 1_500, 500, 20, 400, 1_500, 1_000);

  private static final long STEP = 20;
  private static final long VALID_MILLIS = 200;
  private static final long UNIT = 1_000_000_000L;

  private final SplittableRandom random;
  private final LivingSubtasks living = new LivingSubtasks();
  private final Pacer steady;
  private Pacer restored;
  private final Said steadySaid = new Said();
  private final Said restoredSaid = new Said();
  private final TreeMap<Long, List<Consumer<Pacer>>> due = new TreeMap<>();
  private final List<Consumer<Pacer>> past = new ArrayList<>();
  private final Map<Long, Long> drawn = new HashMap<>();
  private final Map<Long, Long> risked = new HashMap<>();
  private final long recoverUntil;
  private Campaign campaign;
  private long now;
  private long offset;
  private int auctions;

  /** What a pacer answered within a step. */
  private static final class Said implements Pacer.Output {
    final List<Lease> leases = new ArrayList<>();
    final List<Double> ages = new ArrayList<>();

    @Override
    public void pacing(PacingUpdate update) {}

    @Override
    public void lease(Lease lease) {
      leases.add(lease);
    }

    @Override
    public void feedbackAge(double millis) {
      ages.add(millis);
    }
  }

  /**
   * Two that have just been defined.
   *
   * @param recovers whether this is the life after a lost one, whose leases may still be bid from
   */
  TwinPacers(long seed, Campaign campaign, long startMillis, boolean recovers) {
    this.random = new SplittableRandom(seed);
    this.campaign = campaign;
    this.now = startMillis;
    this.recoverUntil = recovers ? startMillis + 1_500 : 0;
    steady = new Pacer(campaign.id(), CONFIG, startMillis, recoverUntil);
    restored = new Pacer(campaign.id(), CONFIG, startMillis, recoverUntil);
  }

  /** Both are defined, perhaps anew. */
  void define(Campaign definition) {
    campaign = definition;
    both(pacer -> pacer.define(definition));
  }

  /** Both are withdrawn. */
  void remove() {
    both(Pacer::remove);
  }

  private void both(Consumer<Pacer> event) {
    event.accept(steady);
    event.accept(restored);
  }

  /** One is saved and read back. */
  void restore() {
    restored = readBack(restored);
    compare("when read back");
  }

  private static Pacer readBack(Pacer pacer) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      pacer.write(
          new DataOutputStream(bytes),
          (definition, out) -> {
            byte[] json = Configurations.toJson(definition);
            out.writeInt(json.length);
            out.write(json);
          });
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      Pacer read =
          Pacer.read(
              CONFIG,
              in,
              data -> {
                byte[] json = new byte[data.readInt()];
                data.readFully(json);
                return Configurations.acceptedCampaign(json);
              });
      assertThat(in.read()).as("bytes left over").isEqualTo(-1);
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets both play on for so long. */
  void play(long millis) {
    for (long end = now + millis; now < end; now += STEP) {
      if (random.nextInt(200) != 0) {
        living.heard(new Heartbeat(7, 0, now), now);
      }
      if (now / 2_000 % 4 != 3) {
        living.heard(new Heartbeat(8, 1, now), now);
      }
      while (!due.isEmpty() && due.firstKey() <= now) {
        due.pollFirstEntry().getValue().forEach(this::record);
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        auction();
      }
      if (now < recoverUntil && random.nextInt(4) == 0) {
        Bid lost = bid(new Lease(random.nextInt(5), "a", 6, 0, UNIT, day(), now), UNIT / 50_000);
        bidAndWhatFollows(lost);
      }
      steady.tick(now, living, steadySaid);
      restored.tick(now, living, restoredSaid);
      compare("at " + now);
    }
  }

  /** All that ever was is told once more: what is remembered of it decides what that does. */
  void tellAllAgain() {
    for (Consumer<Pacer> event : past) {
      both(event);
    }
    compare("told all again");
    play(500);
  }

  /** A bid on a lease that nobody made out breaches the ledger. */
  void breach() {
    Bid forged = bid(new Lease(4_711, "a", 7, 0, UNIT, day(), now + 1_000), UNIT / 100_000);
    long appended = now;
    record(pacer -> pacer.bid(forged, appended, offset));
    compare("with a forged bid");
  }

  private void compare(String when) {
    assertThat(said(restored)).as("what the restored one says %s", when).isEqualTo(said(steady));
    // What prices were seen is saved, and the landscape made anew: of the newest of them.
    if (steady.standing().landscape() != null) {
      assertThat(restored.standing().landscape()).as("landscape %s", when).isNotNull();
    }
    assertThat(restoredSaid.leases).as("leases %s", when).isEqualTo(steadySaid.leases);
    assertThat(restoredSaid.ages).as("ages %s", when).isEqualTo(steadySaid.ages);
    assertThat(restored.nextTickMillis())
        .as("next tick %s", when)
        .isEqualTo(steady.nextTickMillis());
    assertThat(restored.isForgettable())
        .as("forgettable %s", when)
        .isEqualTo(steady.isForgettable());
  }

  /** Everything but the price landscape, which is not saved: see {@link #compare}. */
  private static List<Object> said(Pacer pacer) {
    PacingUpdate update = pacer.standing();
    return List.of(
        update.epoch(),
        update.state(),
        update.multipliers(),
        update.ledger(),
        update.position(),
        update.totals(),
        String.valueOf(update.problem()));
  }

  private void record(Consumer<Pacer> event) {
    past.add(event);
    both(event);
  }

  private void later(long millis, Consumer<Pacer> event) {
    due.computeIfAbsent(now + millis, unseen -> new ArrayList<>()).add(event);
  }

  private long day() {
    return Instant.ofEpochMilli(now).atZone(campaign.flight().zone()).toLocalDate().toEpochDay();
  }

  private void auction() {
    boolean perClick = campaign.perClick() != null;
    long amount = perClick ? UNIT / 1_000_000 : UNIT / 200_000 + random.nextLong(UNIT / 50_000);
    Lease lease = usable(amount, perClick);
    if (lease == null) {
      return;
    }
    Bid bid = bid(lease, amount);
    long risk = lease.slackNanos() == Lease.ANY_SLACK ? 0 : bid.riskNanos();
    if (risk > lease.slackNanos() - risked.getOrDefault(lease.id(), 0L)) {
      return;
    }
    PerClick terms = campaign.perClick();
    if (terms != null) {
      bid =
          bid.paying(
              new ClickTerms(
                  terms.priceNanos(), 0.02, bid.deadlineMillis() + terms.windowMillis()));
    }
    drawn.merge(lease.id(), bid.reservedNanos(), Long::sum);
    risked.merge(lease.id(), risk, Long::sum);
    bidAndWhatFollows(bid);
  }

  private @Nullable Lease usable(long amount, boolean perClick) {
    List<Lease> leases = steadySaid.leases;
    int first = Math.max(0, leases.size() - 8);
    for (int i = leases.size() - 1; i >= first; i--) {
      Lease lease = leases.get(random.nextInt(first, leases.size()));
      long left = lease.amountNanos() - drawn.getOrDefault(lease.id(), 0L);
      if (lease.perClick() == perClick
          && left >= Math.max(amount, perClick ? UNIT / 50_000 : 0)
          && lease.expiryMillis() > now + VALID_MILLIS) {
        return lease;
      }
    }
    return null;
  }

  private Bid bid(Lease lease, long amount) {
    String request = "r" + auctions++;
    boolean keeps = campaign.strategy().keepsRos();
    return new Bid(
        BidId.of(request, "1"),
        request,
        "1",
        "a",
        "banner",
        amount,
        lease.id(),
        lease.day(),
        lease.subtask(),
        now + VALID_MILLIS,
        now,
        Math.max(1, now - 120),
        amount / 1e9 * 2,
        keeps ? (long) (amount * (0.6 + random.nextDouble())) : Bid.NO_RETURN,
        1.0,
        42L);
  }

  private void bidAndWhatFollows(Bid bid) {
    // Sometimes what follows is read before the bid, and sometimes the bid is late or comes twice.
    long bidDelay = random.nextInt(10) == 0 ? 100 + random.nextInt(120) : random.nextInt(20);
    sendBid(bid, bidDelay);
    if (random.nextInt(20) == 0) {
      sendBid(bid, bidDelay + random.nextInt(200));
    }
    long noticed =
        switch (random.nextInt(12)) {
          case 0 -> 500 + random.nextInt(1_200); // when its reservation is over
          case 1 -> 2_500; // when it is forgotten
          case 2 -> -1; // never
          default -> 20 + random.nextInt(200);
        };
    boolean won = random.nextInt(3) != 0;
    if (noticed >= 0) {
      Outcome notice = notice(bid, won);
      send(notice, noticed);
      if (random.nextInt(15) == 0) {
        send(notice, noticed + random.nextInt(600));
      }
    }
    if (won && random.nextInt(4) != 0) {
      int values = 1 + random.nextInt(3);
      for (int i = 0; i < values; i++) {
        sendValue(bid, i, 10 + random.nextInt(2_500));
      }
    }
  }

  private void sendBid(Bid bid, long delay) {
    long appended = now + delay;
    long at = offset++;
    later(delay, pacer -> pacer.bid(bid, appended, at));
  }

  private void send(Outcome outcome, long delay) {
    long appended = now + delay;
    long at = offset++;
    later(delay, pacer -> pacer.outcome(outcome, appended, at));
  }

  private Outcome notice(Bid bid, boolean won) {
    boolean first = campaign.strategy().auction() == AuctionType.FIRST_PRICE;
    long price = (long) (bid.amountNanos() * (random.nextInt(30) == 0 ? 1.2 : random.nextDouble()));
    long enough =
        random.nextBoolean()
            ? Outcome.UNKNOWN
            : won ? bid.amountNanos() / 2 : bid.amountNanos() + random.nextLong(UNIT / 50_000);
    return new Outcome(
        bid.id() + "-n",
        won ? Outcome.Kind.WIN : Outcome.Kind.LOSS,
        bid.id(),
        "a",
        now,
        won ? (first && random.nextInt(4) != 0 ? bid.amountNanos() : price) : 0,
        enough,
        0,
        42L);
  }

  private void sendValue(Bid bid, int number, long delay) {
    int kind = random.nextInt(4);
    String id = bid.id() + "-v" + number;
    Outcome value =
        switch (kind) {
          case 0, 1 ->
              new Outcome(id, Outcome.Kind.CLICK, bid.id(), "a", now, 0, bid.value() * 0.7, null);
          case 2 ->
              new Outcome(
                  id, Outcome.Kind.CONVERSION, bid.id(), "a", now, 0, bid.value() / 2, null);
          default ->
              new Outcome(
                  id,
                  Outcome.Kind.CORRECTION,
                  bid.id(),
                  "a",
                  now,
                  0,
                  Outcome.UNKNOWN,
                  -bid.value() / 4,
                  null,
                  Outcome.UNKNOWN,
                  bid.value() / 8);
        };
    Outcome told = random.nextBoolean() ? value.wonAt(now) : value;
    send(told, delay);
    if (random.nextInt(10) == 0) {
      send(told, delay + random.nextInt(1_000));
    }
  }
}
