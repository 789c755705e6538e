package io.dualbid.core.engine;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Position;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.core.model.PacingUpdate.Totals;
import io.dualbid.core.model.PriceCurve;
import io.dualbid.core.pacing.LeaseDesk;
import io.dualbid.core.pacing.Ledger;
import io.dualbid.core.pacing.LedgerBreach;
import io.dualbid.core.pacing.LivingSubtasks;
import io.dualbid.core.pacing.PacingConfig;
import io.dualbid.core.pacing.PacingLoop;
import io.dualbid.core.pacing.Settlement;
import io.dualbid.core.pacing.SettlementTotals;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Folds the journal of one campaign into its ledger and its multiplier: the facade that a streaming
 * operator, a replay and a test call alike.
 *
 * <p>Feed it definitions, bids and outcomes as they are read, and {@link #tick} as event time
 * passes; it answers through an {@link Output}. It owns the campaign's money: nothing else changes
 * it. Bids may be folded before the campaign is defined, as happens when a lost state is rebuilt
 * from the journal.
 *
 * <p>A breach of the ledger halts the campaign for good: later records are not folded, nothing more
 * is leased, and every update tells the breach. Not thread safe.
 */
public final class Pacer implements Settlement.Listener {
  private static final int VERSION = 5;

  /** The oldest version of the state that is still read; it knows nothing of late values. */
  private static final int OLDEST_VERSION = 2;

  /**
   * An unchanged campaign is told again after so long, so that a reader can tell rest from loss.
   */
  private static final long REPEAT_MILLIS = 10_000;

  private static final double NOTEWORTHY = 0.001;

  private final String id;
  private final PacingConfig config;
  private final Settlement settlement;
  private final LeaseDesk desk;

  /** When within a period it steps; differs between campaigns. */
  private final long phase;

  private @Nullable Campaign campaign;
  private @Nullable PacingLoop loop;
  private boolean removed;
  private @Nullable String breach;
  private long bidsOffset = -1;
  private long outcomesOffset = -1;
  private long eventMillis;
  private long nextTickMillis;

  // What was told last; not part of the state: after a restore it is told again.
  private @Nullable LedgerSummary toldLedger;
  private Multipliers toldMultipliers = Multipliers.budget(Double.NaN);
  private @Nullable PriceCurve toldLandscape;
  private @Nullable State toldState;
  private long toldRealisedSlack;
  private long toldMillis;

  /** Where a pacer's answers go. */
  public interface Output {
    /** The multiplier and ledger of the campaign; may go out at once and more than once. */
    void pacing(PacingUpdate update);

    /** A lease, already committed; must go out exactly once, after this state is durable. */
    void lease(Lease lease);

    /** An outcome entered a step at this age, in milliseconds. */
    void feedbackAge(double millis);
  }

  /**
   * The first life of a campaign's state.
   *
   * @param id the campaign
   * @param bornMillis when this life began, by the host's clock
   * @param recoverUntilMillis event time up to which leases of an earlier life, whose state was
   *     lost, may be spent; bids of such leases are facts, and nothing is leased before. 0 where
   *     there was none
   */
  public Pacer(String id, PacingConfig config, long bornMillis, long recoverUntilMillis) {
    this(
        id,
        config,
        new Settlement(config, new Ledger(0, null), recoverUntilMillis),
        new LeaseDesk(config, bornMillis, recoverUntilMillis));
  }

  private Pacer(String id, PacingConfig config, Settlement settlement, LeaseDesk desk) {
    this.id = id;
    this.config = config;
    this.settlement = settlement;
    this.desk = desk;
    this.phase = Math.floorMod(Hash.of(id, 0), config.periodMillis());
  }

  /** The campaign defines itself, for the first time or anew; takes effect at once. */
  public void define(Campaign definition) {
    campaign = definition;
    removed = false;
    settlement.setBudgets(definition.budgetNanos(), definition.dailyBudgetNanos());
    settlement.follow(definition);
    if (loop == null) {
      loop = new PacingLoop(definition, config);
    } else {
      loop.redefine(definition);
    }
    wake(eventMillis);
  }

  /** The campaign is withdrawn: nothing more is leased; what is open is settled. */
  public void remove() {
    removed = true;
    wake(eventMillis);
  }

  /**
   * Folds in a bid.
   *
   * @param appendMillis when the broker appended it
   * @param offset its offset in the journal
   */
  public void bid(Bid bid, long appendMillis, long offset) {
    if (breach != null) {
      return;
    }
    bidsOffset = offset;
    try {
      settlement.bid(bid, appendMillis, this);
    } catch (LedgerBreach e) {
      breach = e.getMessage();
    } catch (ArithmeticException e) {
      breach = beyondAllMoney(e);
    }
    wake(appendMillis);
  }

  /**
   * Folds in an outcome.
   *
   * @param appendMillis when the broker appended it
   * @param offset its offset in the journal
   */
  public void outcome(Outcome outcome, long appendMillis, long offset) {
    if (breach != null) {
      return;
    }
    outcomesOffset = offset;
    try {
      settlement.outcome(outcome, appendMillis, this);
    } catch (LedgerBreach e) {
      breach = e.getMessage();
    } catch (ArithmeticException e) {
      breach = beyondAllMoney(e);
    }
    wake(appendMillis);
  }

  /** A sum that no amount can hold comes of a record that none of ours is like. */
  private static String beyondAllMoney(ArithmeticException e) {
    return "an amount beyond all money: " + e.getMessage();
  }

  /** Whether nothing is known of this campaign but records that came to nothing. */
  public boolean isForgettable() {
    return campaign == null
        && breach == null
        && settlement.isAtRest()
        && settlement.totals().bids() == 0;
  }

  /** Event time at which {@link #tick} is wanted next; it may become earlier with every record. */
  public long nextTickMillis() {
    return nextTickMillis;
  }

  /**
   * Event time has reached {@code nowMillis}: every record appended before it, but for {@link
   * PacingConfig#marginMillis}, has been folded.
   *
   * @param subtasks who may hold leases
   */
  public void tick(long nowMillis, LivingSubtasks subtasks, Output output) {
    if (nowMillis < nextTickMillis) {
      return;
    }
    eventMillis = nowMillis;
    if (breach == null) {
      try {
        fold(nowMillis, subtasks, output);
      } catch (LedgerBreach e) {
        breach = e.getMessage();
      } catch (ArithmeticException e) {
        breach = beyondAllMoney(e);
      }
    }
    tell(nowMillis, output);
    // A campaign at rest is looked at just often enough to renew its leases in time.
    boolean busy = !settlement.isAtRest() && state(nowMillis) == State.ACTIVE;
    long pause = busy ? config.periodMillis() : config.leaseLifetimeMillis() / 4;
    nextTickMillis = nextInStep(nowMillis, Math.max(config.periodMillis(), pause));
    Campaign current = campaign;
    if (current != null && nowMillis < current.flight().startMillis()) {
      // The first auctions of a flight must not wait for a campaign that is still asleep.
      nextTickMillis = Math.min(nextTickMillis, current.flight().startMillis());
    }
  }

  private void fold(long nowMillis, LivingSubtasks subtasks, Output output) {
    // Records that are yet to be read may have been appended a little earlier.
    long endedMillis = nowMillis - config.marginMillis();
    settlement.advance(endedMillis);
    Campaign current = campaign;
    PacingLoop pacing = loop;
    if (current == null || pacing == null) {
      return;
    }
    boolean active = state(nowMillis) == State.ACTIVE;
    pacing.calibrate(settlement.calibration(), settlement.windowCreditNanos());
    pacing.step(nowMillis, settlement.ledger(), active, output::feedbackAge);
    settlement.ledger().forgetDaysBefore(pacing.day(nowMillis), endedMillis);
    if ((active || isAboutToStart(current, nowMillis)) && desk.isDue(nowMillis)) {
      desk.grant(
              nowMillis,
              current,
              subtasks.heardSince(nowMillis - config.livenessMillis()),
              settlement,
              pacing)
          .forEach(output::lease);
    }
  }

  /** Leases travel with checkpoints: the first are made out early, to be there at the start. */
  private boolean isAboutToStart(Campaign current, long nowMillis) {
    return state(nowMillis) == State.PENDING
        && nowMillis + config.leaseLifetimeMillis() / 3 >= current.flight().startMillis();
  }

  private State state(long nowMillis) {
    Campaign current = campaign;
    if (breach != null) {
      return State.HALTED;
    }
    if (current == null || removed || nowMillis >= current.flight().endMillis()) {
      return State.ENDED;
    }
    if (current.status() == Campaign.Status.PAUSED) {
      return State.PAUSED;
    }
    if (nowMillis < current.flight().startMillis()) {
      return State.PENDING;
    }
    LedgerSummary money = settlement.summary();
    return money.spentNanos() >= money.budgetNanos() ? State.EXHAUSTED : State.ACTIVE;
  }

  /** What the state says as it stands, at the event time that it has reached; changes nothing. */
  public PacingUpdate standing() {
    return update(eventMillis);
  }

  private PacingUpdate update(long nowMillis) {
    PacingLoop pacing = loop;
    return new PacingUpdate(
        id,
        nowMillis,
        state(nowMillis),
        (pacing == null ? Multipliers.budget(Double.NaN) : pacing.multipliers())
            .loaded(settlement.load()),
        pacing == null ? null : pacing.landscape(),
        settlement.summary(),
        new Position(bidsOffset, outcomesOffset),
        totals(nowMillis),
        breach);
  }

  private void tell(long nowMillis, Output output) {
    if (campaign == null && breach == null) {
      return;
    }
    PacingUpdate update = update(nowMillis);
    LedgerSummary ledger = update.ledger();
    Multipliers multipliers = update.multipliers();
    PriceCurve landscape = update.landscape();
    State state = update.state();
    boolean changed =
        !ledger.equals(toldLedger)
            || state != toldState
            || settlement.realisedSlackNanos() != toldRealisedSlack
            || !Objects.equals(landscape, toldLandscape)
            || isNews(multipliers.budget(), toldMultipliers.budget())
            || isNews(multipliers.ros(), toldMultipliers.ros())
            || isNews(multipliers.participation(), toldMultipliers.participation())
            || isNews(multipliers.calibration(), toldMultipliers.calibration())
            || isNews(multipliers.load(), toldMultipliers.load());
    if (!changed && nowMillis - toldMillis < REPEAT_MILLIS) {
      return;
    }
    toldLedger = ledger;
    toldMultipliers = multipliers;
    toldLandscape = landscape;
    toldState = state;
    toldRealisedSlack = settlement.realisedSlackNanos();
    toldMillis = nowMillis;
    output.pacing(update);
  }

  private static boolean isNews(double now, double told) {
    return Math.abs(now - told) > NOTEWORTHY * told;
  }

  private Totals totals(long nowMillis) {
    SettlementTotals totals = settlement.totals();
    PacingLoop pacing = loop;
    return new Totals(
        totals.bids(),
        totals.lateBids(),
        totals.duplicateBids(),
        totals.wins(),
        totals.losses(),
        totals.expired(),
        totals.lateWins(),
        totals.duplicates(),
        totals.unmatched(),
        totals.disputed(),
        totals.clicks(),
        totals.conversions(),
        totals.value(),
        totals.realisedValue(),
        settlement.slackNanos(),
        pacing == null ? 0 : Money.floorNanos(pacing.planned(nowMillis, settlement.ledger())),
        pacing == null ? 0 : pacing.feedbackAgeMillis(),
        settlement.realisedSlackNanos(),
        totals.corrections(),
        settlement.clicks());
  }

  /** A record that was appended at {@code timeMillis} wants to be seen by the next step. */
  private void wake(long timeMillis) {
    nextTickMillis = Math.min(nextTickMillis, nextInStep(timeMillis, config.periodMillis()));
  }

  /** The next moment after {@code timeMillis} of a beat that differs between campaigns. */
  private long nextInStep(long timeMillis, long pause) {
    long beat = Math.floorDiv(timeMillis + pause - phase, config.periodMillis());
    return beat * config.periodMillis() + phase;
  }

  @Override
  public void drawn(int subtask, Bid bid) {
    desk.drawn(subtask, bid.reservedNanos());
    if (loop != null) {
      loop.used(bid);
    }
  }

  @Override
  public void resolved(
      long decidedMillis,
      long amountNanos,
      long priceNanos,
      long creditNanos,
      Settlement.Notice outcome) {
    if (loop != null) {
      loop.resolved(decidedMillis, amountNanos, priceNanos, creditNanos, outcome);
    }
  }

  @Override
  public void chargedLate(long priceNanos, long creditNanos) {
    if (loop != null) {
      loop.charged(priceNanos, creditNanos);
    }
  }

  @Override
  public void corrected(long creditNanos) {
    if (loop != null) {
      loop.corrected(creditNanos);
    }
  }

  /**
   * Writes the state, with a version in front; the definition is written by {@code definitions}.
   *
   * @param definitions writes a campaign; the core knows no text format of its own for state
   */
  public void write(DataOutput out, CampaignWriter definitions) throws IOException {
    out.writeByte(VERSION);
    out.writeUTF(id);
    settlement.write(out);
    desk.write(out);
    Campaign current = campaign;
    PacingLoop pacing = loop;
    out.writeBoolean(current != null);
    if (current != null && pacing != null) {
      definitions.write(current, out);
      pacing.write(out);
    }
    out.writeBoolean(removed);
    String problem = breach;
    out.writeBoolean(problem != null);
    if (problem != null) {
      out.writeUTF(problem);
    }
    out.writeLong(bidsOffset);
    out.writeLong(outcomesOffset);
    out.writeLong(eventMillis);
    out.writeLong(nextTickMillis);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the version is newer than this code, or older than it reads
   */
  public static Pacer read(PacingConfig config, DataInput in, CampaignReader definitions)
      throws IOException {
    int version = in.readByte();
    if (version < OLDEST_VERSION || version > VERSION) {
      throw new IOException(
          "pacer state has version "
              + version
              + "; readable are "
              + OLDEST_VERSION
              + " to "
              + VERSION);
    }
    String id = in.readUTF();
    Settlement settlement = Settlement.read(config, version, in);
    LeaseDesk desk = LeaseDesk.read(config, in);
    Pacer pacer = new Pacer(id, config, settlement, desk);
    if (in.readBoolean()) {
      Campaign current = definitions.read(in);
      pacer.campaign = current;
      settlement.follow(current);
      pacer.loop = PacingLoop.read(current, config, version, in);
    }
    pacer.removed = in.readBoolean();
    pacer.breach = in.readBoolean() ? in.readUTF() : null;
    if (pacer.breach == null) {
      settlement.ledger().requireSound();
    }
    pacer.bidsOffset = in.readLong();
    pacer.outcomesOffset = in.readLong();
    pacer.eventMillis = in.readLong();
    pacer.nextTickMillis = in.readLong();
    return pacer;
  }

  /** Writes a campaign's definition within saved state. */
  public interface CampaignWriter {
    void write(Campaign campaign, DataOutput out) throws IOException;
  }

  /** Reads what a {@link CampaignWriter} wrote. */
  public interface CampaignReader {
    Campaign read(DataInput in) throws IOException;
  }
}
