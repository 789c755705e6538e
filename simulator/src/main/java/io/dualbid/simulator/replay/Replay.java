package io.dualbid.simulator.replay;

import io.dualbid.core.configuration.EngineConfig.Bidding;
import io.dualbid.core.engine.Answer;
import io.dualbid.core.engine.Bidder;
import io.dualbid.core.engine.BidderConfig;
import io.dualbid.core.engine.Offer;
import io.dualbid.core.engine.Pacer;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.MediaType;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.Size;
import io.dualbid.core.pacing.LivingSubtasks;
import io.dualbid.core.pacing.PacingConfig;
import io.dualbid.core.targeting.FrequencyCounter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Plays auctions against bidders and pacers: for each, the request is decided on, the auction held,
 * and the outcome told, at once or after a delay. Bids, leases, ledgers and multipliers are those
 * of the stream; only the log between them is missing.
 *
 * <p>O(campaigns that bid) for each auction, and one comparison for each campaign. Not thread safe;
 * one instance plays once.
 */
public final class Replay {
  private static final long INCARNATION = 1;
  private static final int TMAX_MILLIS = 100;
  private static final String IMPRESSION = "1";
  private static final List<Size> SIZES = List.of(new Size(300, 250));
  private static final List<MediaType> TYPES = List.of(MediaType.BANNER);
  private static final int FREQUENCY_COUNTERS = 1024;

  private final Settings settings;
  private final List<Seat> seats = new ArrayList<>();
  private final List<Player> players = new ArrayList<>();
  private final Map<String, Player> byId = new HashMap<>();
  private final Queue<Notice> notices;
  private final Queue<Notice> values = new PriorityQueue<>(Notice.IN_TIME);
  private final List<Bid> bids = new ArrayList<>();
  private long nowMillis;
  private long offset;
  private boolean played;
  private Observer observer = Observer.NONE;

  /** Whether campaigns of one engine bid against one another. */
  public enum Competition {
    /** One bidder for all: of its campaigns the highest bid enters the auction. */
    HOUSE,
    /** A bidder for each: all enter, and the price is the highest of the other bids. */
    APART
  }

  /**
   * How to play.
   *
   * @param pacing the engine's settings; its times are those of the arrivals
   * @param competition how campaigns meet
   * @param feedbackDelayMillis time from an auction to its notice, or its mean; at least 0
   * @param deliveries which notices are lost, and which come twice
   */
  public record Settings(
      PacingConfig pacing,
      Competition competition,
      long feedbackDelayMillis,
      Deliveries deliveries) {
    /** With notices that all come once. */
    public Settings(PacingConfig pacing, Competition competition, long feedbackDelayMillis) {
      this(pacing, competition, feedbackDelayMillis, Deliveries.RELIABLE);
    }

    public Settings {
      // Lead of clocks that there are not would only tie up the money of the last auctions.
      pacing = pacing.ofOneClock();
      if (feedbackDelayMillis < 0) {
        throw new IllegalArgumentException("delay must be >= 0: " + feedbackDelayMillis);
      }
    }

    /**
     * One auction a millisecond, a step after each, every outcome known before the next. Leases are
     * short, so that little of the budget is on its way when the last auctions come.
     *
     * @param adaptiveStep see {@link PacingConfig#adaptiveStep}
     */
    public static Settings atOnce(double adaptiveStep) {
      PacingConfig standard = PacingConfig.DEFAULT;
      return new Settings(
          new PacingConfig(
              1,
              adaptiveStep,
              standard.returnStep(),
              standard.ageCap(),
              1,
              300,
              100,
              0,
              1_000,
              1_000,
              1_000),
          Competition.HOUSE,
          0);
    }
  }

  /** A bidder with what it must hear. */
  private static final class Seat {
    final Bidder bidder;
    final LivingSubtasks living = new LivingSubtasks();
    final Answer answer = new Answer();

    Seat(PacingConfig pacing, double spread) {
      bidder =
          new Bidder(
              new BidderConfig(
                  false, pacing.clockSkewMillis(), pacing.leaseLifetimeMillis(), spread),
              INCARNATION,
              new FrequencyCounter(FREQUENCY_COUNTERS, 1_000));
      bidder.warmedUp();
    }
  }

  /** A campaign with its pacer and what came of it. */
  private final class Player implements Pacer.Output {
    final Seat seat;
    final Pacer pacer;
    final Account account;

    Player(Campaign campaign, Seat seat) {
      this.seat = seat;
      this.pacer = new Pacer(campaign.id(), settings.pacing, 0, 0);
      this.account = new Account(campaign);
      pacer.define(campaign);
      seat.bidder.define(campaign);
    }

    @Override
    public void pacing(PacingUpdate update) {
      seat.bidder.pacing(update, nowMillis);
      account.told(update);
    }

    @Override
    public void lease(Lease lease) {
      seat.bidder.lease(lease, nowMillis);
    }

    @Override
    public void feedbackAge(double millis) {
      // The delay is a setting here, not something to be measured.
    }
  }

  /** An outcome on its way. */
  private record Notice(long timeMillis, long number, Player player, Outcome outcome) {
    static final Comparator<Notice> IN_TIME =
        Comparator.comparingLong(Notice::timeMillis).thenComparingLong(Notice::number);
  }

  /** A replay of these campaigns. */
  public Replay(Settings settings, List<Campaign> campaigns) {
    this.settings = settings;
    // Where all are equally late, they come in the order in which they are sent.
    notices =
        settings.deliveries.delays() == Deliveries.Delays.FIXED
            ? new ArrayDeque<>()
            : new PriorityQueue<>(Notice.IN_TIME);
    Seat shared = seat();
    for (Campaign campaign : campaigns) {
      boolean house = settings.competition == Competition.HOUSE;
      Player player = new Player(campaign, house ? shared : seat());
      if (seats.isEmpty() || !house) {
        seats.add(player.seat);
      }
      players.add(player);
      if (byId.put(campaign.id(), player) != null) {
        throw new IllegalArgumentException("two campaigns have the id " + campaign.id());
      }
    }
  }

  private Seat seat() {
    return new Seat(settings.pacing, Bidding.DEFAULT_RANKING_SPREAD);
  }

  /** Lets someone look on from now on. */
  public void observedBy(Observer newObserver) {
    observer = newObserver;
  }

  /**
   * A campaign defines itself anew, from the next auction on: what an operator does in flight.
   *
   * @throws IllegalArgumentException if there is no campaign of this id
   */
  public void redefine(Campaign campaign) {
    Player player = byId.get(campaign.id());
    if (player == null) {
      throw new IllegalArgumentException("no campaign has the id " + campaign.id());
    }
    player.pacer.define(campaign);
    player.seat.bidder.define(campaign);
  }

  /** What came of each campaign so far, in their order. */
  public List<Account> accounts() {
    return players.stream().map(player -> player.account).toList();
  }

  /**
   * Plays all auctions.
   *
   * @return the account of each campaign, in the order of the campaigns
   */
  public List<Account> play(Arrivals arrivals) {
    if (played) {
      throw new IllegalStateException("a replay plays once");
    }
    played = true;
    boolean begun = false;
    List<Account> accounts = accounts();
    for (Arrival arrival = arrivals.next(); arrival != null; arrival = arrivals.next()) {
      if (!begun) {
        // Leases of a flight that starts with the first auction must be there for it.
        advance(arrival.timeMillis() - 1);
        begun = true;
      }
      advance(arrival.timeMillis());
      auction(arrival);
      observer.played(arrival, accounts);
    }
    settle();
    return accounts;
  }

  /** Time passes: notices arrive, pacers step. */
  private void advance(long timeMillis) {
    nowMillis = timeMillis;
    for (Notice due = notices.peek();
        due != null && due.timeMillis <= timeMillis;
        due = notices.peek()) {
      notices.remove();
      due.player.pacer.outcome(due.outcome, due.timeMillis, offset++);
    }
    for (Notice due = values.peek();
        due != null && due.timeMillis <= timeMillis;
        due = values.peek()) {
      values.remove();
      due.player.pacer.outcome(due.outcome, due.timeMillis, offset++);
      due.player.account.brought(due.outcome.value());
    }
    for (Seat seat : seats) {
      seat.living.heard(new Heartbeat(INCARNATION, 0, timeMillis), timeMillis);
    }
    for (Player player : players) {
      player.pacer.tick(timeMillis, player.seat.living, player);
    }
  }

  /** Lets every notice arrive and every lease end. */
  private void settle() {
    long last = values.stream().mapToLong(Notice::timeMillis).max().orElse(nowMillis);
    long end =
        Math.max(nowMillis, last)
            + settings.deliveries.longestMillis(settings.feedbackDelayMillis)
            + settings.pacing.leaseLifetimeMillis()
            + settings.pacing.winWindowMillis();
    for (long step = 1; nowMillis < end; step *= 2) {
      advance(Math.min(end, nowMillis + step));
    }
  }

  private void auction(Arrival arrival) {
    BidRequest request = request(arrival);
    bids.clear();
    for (Seat seat : seats) {
      seat.bidder.decide(request, nowMillis, seat.answer);
      for (int i = 0; i < seat.answer.size(); i++) {
        Offer offer = seat.answer.offer(i);
        bids.add(offer.toBid(request.id(), 0, nowMillis));
      }
    }
    for (Player player : players) {
      player.account.offered();
    }
    int winner = winner(arrival);
    int copies = settings.deliveries.copies(arrival.number());
    long delay = settings.deliveries.delayMillis(arrival.number(), settings.feedbackDelayMillis);
    for (int i = 0; i < bids.size(); i++) {
      Bid bid = bids.get(i);
      Player player = player(bid);
      player.pacer.bid(bid, nowMillis, offset++);
      player.account.bid();
      observer.bid(arrival, bid);
      boolean won = i == winner;
      long price = won ? price(arrival, i) : 0;
      if (won) {
        player.account.won(bid, price, arrival.clicked());
        if (copies == 0) {
          player.account.untold(price);
        }
        observer.won(arrival, bid, price);
        bring(player, bid, arrival, delay);
      }
      Outcome outcome = outcome(bid, won ? Outcome.Kind.WIN : Outcome.Kind.LOSS, price);
      for (int copy = 0; copy < copies; copy++) {
        tell(player, outcome, delay);
      }
    }
  }

  private Player player(Bid bid) {
    if (players.size() == 1) {
      return players.get(0);
    }
    Player player = byId.get(bid.campaign());
    if (player == null) {
      throw new IllegalStateException("a bid of no campaign: " + bid.campaign());
    }
    return player;
  }

  private static BidRequest request(Arrival arrival) {
    Impression impression =
        new Impression(
            IMPRESSION,
            TYPES,
            SIZES,
            new Size(0, 0),
            0,
            Integer.MAX_VALUE,
            0,
            false,
            List.of(),
            List.of(),
            arrival.clickRate());
    return new BidRequest(
        Long.toString(arrival.number()),
        arrival.timeMillis(),
        TMAX_MILLIS,
        arrival.firstPrice(),
        false,
        "USD",
        true,
        List.of(),
        null,
        null,
        null,
        null,
        arrival.segments(),
        List.of(),
        List.of(),
        List.of(impression));
  }

  /** Index of the bid that wins, or -1: the highest, if it reaches the price; ties go in turn. */
  private int winner(Arrival arrival) {
    int best = -1;
    for (int i = 0; i < bids.size(); i++) {
      long amount = bids.get(i).amountNanos();
      if (amount >= arrival.priceNanos() && (best < 0 || amount > bids.get(best).amountNanos())) {
        best = i;
      }
    }
    return best;
  }

  private long price(Arrival arrival, int winner) {
    if (arrival.firstPrice()) {
      return bids.get(winner).amountNanos();
    }
    long price = arrival.priceNanos();
    for (int i = 0; i < bids.size(); i++) {
      if (i != winner) {
        price = Math.max(price, bids.get(i).amountNanos());
      }
    }
    return price;
  }

  private Outcome outcome(Bid bid, Outcome.Kind kind, long priceNanos) {
    // A bid has one outcome here, so the request names it.
    return new Outcome(
        bid.requestId(), kind, bid.id(), bid.campaign(), nowMillis, priceNanos, 0, bid.userKey());
  }

  /** Lets a win bring what it is worth, in its time. */
  private void bring(Player player, Bid bid, Arrival arrival, long delay) {
    if (arrival.worth() > 0) {
      double value = bid.value() * (arrival.worth() / arrival.clickRate());
      Outcome conversion =
          new Outcome(
                  bid.requestId() + Outcome.Kind.CONVERSION.label(),
                  Outcome.Kind.CONVERSION,
                  bid.id(),
                  bid.campaign(),
                  nowMillis + arrival.worthDelayMillis(),
                  0,
                  value,
                  bid.userKey())
              .wonAt(nowMillis);
      long due = nowMillis + delay + arrival.worthDelayMillis();
      values.add(new Notice(due, offset, player, conversion));
    }
  }

  private void tell(Player player, Outcome outcome, long delay) {
    if (delay == 0) {
      player.pacer.outcome(outcome, nowMillis, offset++);
    } else {
      notices.add(new Notice(nowMillis + delay, offset, player, outcome));
    }
  }
}
