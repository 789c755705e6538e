package io.dualbid.core.engine;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.pacing.LivingSubtasks;
import io.dualbid.core.pacing.PacingConfig;
import io.dualbid.core.targeting.FrequencyCounter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The real bidders and the real pacer around a simulated log, in one thread with a simulated clock:
 * bids and outcomes are appended after delays, updates and leases arrive after delays, bidders are
 * restarted, bids and outcomes repeated, the pacer written and read back. Everything follows from
 * the seed.
 */
final class LoopSimulation {
  static final long BEGIN = 1_700_000_000_000L;
  private static final int BIDDERS = 2;
  private static final long TMAX = 100;

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final SplittableRandom random;
  private final PacingConfig config;
  private final Campaign campaign;
  private final Trouble trouble;
  private final Bidder[] bidders = new Bidder[BIDDERS];
  private final long[] incarnations = new long[BIDDERS];
  private final LivingSubtasks living = new LivingSubtasks();
  private final Set<BidId> taken = new HashSet<>();
  private final Map<BidId, Long> open = new HashMap<>();
  private final Answer answer = new Answer();
  private final Pacer.Output output = new Sent();
  private Pacer pacer;
  private final long begin;
  private long now;
  private long sequence;
  private long offset;
  private long requests;

  // What came of it, reckoned outside of the ledger.
  long spentNanos;
  long mostCommittedNanos;
  int wins;
  int bids;
  double value;
  long slackNanos;
  long lowestSlackNanos;
  double realisedValue;
  long fingerprint;
  long clickedNanos;
  long mostExpectedNanos;
  final List<Granted> granted = new ArrayList<>();
  final List<Appended> valid = new ArrayList<>();
  final TreeMap<Long, Long> spentByDay = new TreeMap<>();
  private Late late = new Late(1, 0, 0);
  @Nullable PacingUpdate last;

  /** What goes wrong. */
  record Trouble(double lateBids, double repeatedBids, double repeatedOutcomes, double crashes) {
    static final Trouble NONE = new Trouble(0, 0, 0, 0);
  }

  /**
   * What comes of wins.
   *
   * @param bias by how much predictions are too high, as a factor
   * @param rate share of wins that bring something; 0 for none
   * @param delayMillis how late at most
   */
  record Late(double bias, double rate, long delayMillis) {}

  /** A lease, and when it was made out. */
  record Granted(Lease lease, long time) {}

  /** A bid that counts, and when it was appended. */
  record Appended(Bid bid, long time) {}

  private record Event(long time, long order, Runnable work) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return time != other.time ? Long.compare(time, other.time) : Long.compare(order, other.order);
    }
  }

  LoopSimulation(long seed, PacingConfig config, Campaign campaign, Trouble trouble) {
    this(seed, config, campaign, trouble, BEGIN);
  }

  LoopSimulation(
      long seed, PacingConfig config, Campaign campaign, Trouble trouble, long beginMillis) {
    this.begin = beginMillis;
    this.now = beginMillis;
    this.random = new SplittableRandom(seed);
    this.config = config;
    this.campaign = campaign;
    this.trouble = trouble;
    this.pacer = new Pacer(campaign.id(), config, beginMillis, 0);
    pacer.define(campaign);
    for (int i = 0; i < BIDDERS; i++) {
      restart(i);
    }
  }

  /** From now on wins bring values. */
  void bring(Late newLate) {
    late = newLate;
  }

  private void restart(int subtask) {
    incarnations[subtask] = random.nextLong();
    Bidder bidder =
        new Bidder(
            new BidderConfig(false, config.clockSkewMillis(), config.leaseLifetimeMillis(), 0),
            incarnations[subtask],
            new FrequencyCounter(1024, 1_000));
    bidder.define(campaign);
    bidder.warmedUp();
    bidders[subtask] = bidder;
  }

  private void at(long time, Runnable work) {
    events.add(new Event(time, sequence++, work));
  }

  /** Plays until all is settled. */
  void play(int perSecond, long millis) {
    at(begin, this::beat);
    at(begin, this::tick);
    long step = 1_000_000L / perSecond;
    for (long i = 0; i * step < millis * 1_000; i++) {
      long number = i;
      at(begin + 1_000 + i * step / 1_000, () -> request(number));
    }
    long end = begin + 1_000 + millis + config.leaseLifetimeMillis() + config.winWindowMillis();
    while (!events.isEmpty() && events.element().time <= end + 5_000) {
      Event next = events.remove();
      now = next.time;
      next.work.run();
    }
  }

  private void beat() {
    for (int i = 0; i < BIDDERS; i++) {
      living.heard(new Heartbeat(incarnations[i], i, now), now);
      if (random.nextDouble() < trouble.crashes) {
        restart(i);
      }
    }
    at(now + 50, this::beat);
  }

  private void tick() {
    if (random.nextDouble() < trouble.crashes) {
      pacer = reread();
    }
    // Event time: all that was appended before has been folded in.
    pacer.tick(now, living, output);
    at(now + 10, this::tick);
  }

  private Pacer reread() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      pacer.write(new DataOutputStream(bytes), (definition, out) -> out.writeUTF(definition.id()));
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      return Pacer.read(
          config,
          in,
          data -> {
            if (!data.readUTF().equals(campaign.id())) {
              throw new IOException("another campaign");
            }
            return campaign;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Sent implements Pacer.Output {
    @Override
    public void pacing(PacingUpdate update) {
      last = update;
      mostExpectedNanos = Math.max(mostExpectedNanos, update.ledger().expected().totalNanos());
      long arrives = now + 20 + random.nextInt(40);
      for (int i = 0; i < BIDDERS; i++) {
        int subtask = i;
        at(arrives, () -> bidders[subtask].pacing(update, now));
      }
    }

    @Override
    public void lease(Lease lease) {
      granted.add(new Granted(lease, now));
      long arrives = now + 60 + random.nextInt(100);
      for (int i = 0; i < BIDDERS; i++) {
        int subtask = i;
        at(arrives, () -> bidders[subtask].lease(lease, now));
      }
    }

    @Override
    public void feedbackAge(double millis) {
      fingerprint = Hash.mix(fingerprint ^ Double.doubleToLongBits(millis));
    }
  }

  private void request(long number) {
    requests++;
    String id = "r" + number;
    double rate = 0.02 * Hash.unit(Hash.of(id, 1));
    Impression i = Impression.banner("1", 300, 250);
    Impression impression =
        new Impression(
            "1",
            i.types(),
            i.sizes(),
            i.videoSize(),
            0,
            i.maxDurationSeconds(),
            0,
            false,
            List.of(),
            List.of(),
            rate);
    BidRequest request =
        new BidRequest(
            id,
            now,
            (int) TMAX,
            false,
            "USD",
            true,
            List.of(),
            null,
            null,
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(impression));
    int subtask = random.nextInt(BIDDERS);
    bidders[subtask].decide(request, now, answer);
    if (answer.size() > 0) {
      Bid bid = answer.offer(0).toBid(id, subtask, now);
      boolean late = random.nextDouble() < trouble.lateBids;
      at(now + (late ? TMAX + 50 : 5 + random.nextInt(10)), () -> append(bid));
      if (random.nextDouble() < trouble.repeatedBids) {
        at(now + 15 + random.nextInt(60), () -> append(bid));
      }
    }
  }

  private void append(Bid bid) {
    pacer.bid(bid, now, offset++);
    if (!bid.validAt(now) || !taken.add(bid.id())) {
      return;
    }
    bids++;
    valid.add(new Appended(bid, now));
    fingerprint = Hash.mix(fingerprint ^ bid.id().low() ^ bid.amountNanos());
    open.put(bid.id(), bid.paysPerClick() ? 0 : bid.amountNanos());
    mostCommittedNanos = Math.max(mostCommittedNanos, committed());
    long price = (long) (1e9 * 0.01 * Hash.unit(Hash.of(bid.requestId(), 2)));
    boolean win = bid.amountNanos() >= price;
    Outcome outcome =
        new Outcome(
            bid.id() + "-o",
            win ? Outcome.Kind.WIN : Outcome.Kind.LOSS,
            bid.id(),
            bid.campaign(),
            now,
            win ? price : 0,
            0,
            null);
    at(
        now + random.nextInt(30),
        () -> {
          learn(outcome);
          open.remove(bid.id());
          if (win && bid.paysPerClick()) {
            click(bid);
          }
          if (win) {
            spentNanos += bid.paysPerClick() ? 0 : price;
            spentByDay.merge(bid.day(), price, Long::sum);
            wins++;
            value += bid.value();
            if (bid.creditNanos() != Bid.NO_RETURN) {
              slackNanos += bid.creditNanos() - price;
              lowestSlackNanos = Math.min(lowestSlackNanos, slackNanos);
            }
            convert(bid);
          }
        });
    if (random.nextDouble() < trouble.repeatedOutcomes) {
      at(now + 40, () -> learn(outcome));
    }
  }

  /** Clicks as often as predicted, within the window; told once or twice. */
  private void click(Bid bid) {
    ClickTerms terms = Objects.requireNonNull(bid.click());
    if (random.nextDouble() >= terms.clickRate()) {
      return;
    }
    clickedNanos += terms.priceNanos();
    Outcome click =
        new Outcome(bid.id() + "-k", Outcome.Kind.CLICK, bid.id(), bid.campaign(), now, 0, 1, null);
    long left = terms.untilMillis() - now;
    at(now + random.nextLong(left), () -> learn(click));
    if (random.nextDouble() < trouble.repeatedOutcomes) {
      at(now + random.nextLong(left), () -> learn(click));
    }
  }

  private void convert(Bid bid) {
    if (late.rate == 0 || random.nextDouble() >= late.rate) {
      return;
    }
    double worth = bid.value() / late.bias / late.rate;
    realisedValue += worth;
    Outcome conversion =
        new Outcome(
                bid.id() + "-c",
                Outcome.Kind.CONVERSION,
                bid.id(),
                bid.campaign(),
                now,
                0,
                worth,
                null)
            .wonAt(now);
    long delay = random.nextLong(late.delayMillis);
    at(now + delay, () -> learn(conversion));
    if (random.nextDouble() < trouble.repeatedOutcomes) {
      at(now + delay + 1_000, () -> learn(conversion));
    }
  }

  private void learn(Outcome outcome) {
    pacer.outcome(outcome, now, offset++);
  }

  private long committed() {
    return spentNanos + open.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The best there was for the budget, by ratio. */
  double hindsightValue() {
    record Item(double value, double price) {}
    List<Item> items = new ArrayList<>();
    for (long n = 0; n < requests; n++) {
      String id = "r" + n;
      items.add(new Item(0.02 * Hash.unit(Hash.of(id, 1)), 0.01 * Hash.unit(Hash.of(id, 2))));
    }
    items.sort((a, b) -> Double.compare(b.value / b.price, a.value / a.price));
    double left = campaign.budgetNanos() / 1e9;
    double best = 0;
    for (Item item : items) {
      double part = Math.min(1, left / item.price);
      best += part * item.value;
      left -= part * item.price;
      if (left <= 0) {
        break;
      }
    }
    return best;
  }
}
