package io.dualbid.simulator.console;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Totals;
import io.dualbid.core.model.Plan;
import org.jspecify.annotations.Nullable;

/** How a campaign fares; those that need an operator's eye come first. */
enum Condition {
  /** Its ledger was breached. */
  HALTED("halted", true),
  /** It may bid, or has been defined, and pacing has said nothing of it for long. */
  SILENT("no word from pacing", true),
  /** It may bid, is behind its plan, and has not won for half a minute. */
  NOT_DELIVERING("not delivering", true),
  /** It has money left and is behind its plan, but none of it is leased to bidders. */
  LIMITED_BY_LEASE("limited by lease", true),
  /** It brings less for its spend than its target asks for. */
  BELOW_TARGET("below target", true),
  /** Its budget was gone well before the end of its flight. */
  OUT_EARLY("out of budget early", true),
  /** It has spent much less than its plan meant it to, and is not catching up. */
  BEHIND_PLAN("behind plan", true),
  /** Too few auctions have been decided for its numbers to mean much. */
  LEARNING("learning", false),
  /** All is as it should be. */
  PACING("pacing", false),
  /** Its flight has not begun. */
  PENDING("not started", false),
  /** Its budget is used up. */
  OUT_OF_BUDGET("out of budget", false),
  /** It is paused by its definition. */
  PAUSED("paused", false),
  /** Its flight is over, or it was withdrawn. */
  ENDED("ended", false);

  /** An unchanged campaign is told again every 10 s. */
  private static final long LONGEST_SILENCE_MILLIS = 15_000;

  private static final long LONGEST_WITHOUT_WIN_MILLIS = 30_000;
  private static final long OUTCOMES_TO_LEARN = 30;
  private static final double NEAR_TARGET = 0.95;
  private static final double NEAR_PLAN = 0.8;
  private static final double ON_PLAN = 0.98;

  /** A plan that has hardly begun can't be missed. */
  private static final double PLAN_BEGUN = 0.02;

  private static final double NEAR_END = 0.05;
  private static final double NEARLY_ALL = 0.99;

  private final String label;
  private final boolean attention;

  Condition(String label, boolean attention) {
    this.label = label;
    this.attention = attention;
  }

  /** In words. */
  String label() {
    return label;
  }

  /** Whether an operator should look at it. */
  boolean needsAttention() {
    return attention;
  }

  /**
   * The condition of a campaign.
   *
   * @param update the last word of pacing, or null
   * @param before the word looked at before it, or null
   * @param definition its definition, or null where it is not known
   * @param course how it came along
   * @param nowMillis the console's clock
   */
  static Condition of(
      @Nullable PacingUpdate update,
      @Nullable PacingUpdate before,
      @Nullable Campaign definition,
      Course course,
      long nowMillis) {
    if (update == null) {
      return SILENT;
    }
    return switch (update.state()) {
      case HALTED -> HALTED;
      case PENDING -> PENDING;
      case PAUSED -> PAUSED;
      case ENDED -> ENDED;
      case EXHAUSTED -> isEarly(definition, update.epoch()) ? OUT_EARLY : OUT_OF_BUDGET;
      case ACTIVE -> active(update, before, definition, course, nowMillis);
    };
  }

  private static Condition active(
      PacingUpdate update,
      @Nullable PacingUpdate before,
      @Nullable Campaign definition,
      Course course,
      long nowMillis) {
    if (nowMillis - update.epoch() > LONGEST_SILENCE_MILLIS) {
      return SILENT;
    }
    LedgerSummary ledger = update.ledger();
    Totals totals = update.totals();
    boolean behind = ledger.spentNanos() < ON_PLAN * totals.plannedNanos();
    if (behind && update.epoch() - course.lastWinMillis() > LONGEST_WITHOUT_WIN_MILLIS) {
      return NOT_DELIVERING;
    }
    boolean unleased = ledger.leasedNanos() == 0 && ledger.expected().leasedNanos() == 0;
    boolean wasUnleased =
        before != null
            && before.state() == PacingUpdate.State.ACTIVE
            && before.ledger().leasedNanos() == 0
            && before.ledger().expected().leasedNanos() == 0;
    boolean moneyLeft = ledger.committedNanos() < NEARLY_ALL * ledger.budgetNanos();
    if (behind && unleased && wasUnleased && moneyLeft) {
      return LIMITED_BY_LEASE;
    }
    if (totals.wins() + totals.losses() < OUTCOMES_TO_LEARN) {
      return LEARNING;
    }
    if (definition != null
        && definition.strategy().keepsRos()
        && totals.wins() >= OUTCOMES_TO_LEARN
        && totals.value()
            < NEAR_TARGET * definition.strategy().targetRos() * Money.units(ledger.spentNanos())) {
      return BELOW_TARGET;
    }
    boolean begun = totals.plannedNanos() > PLAN_BEGUN * ledger.budgetNanos();
    boolean far = ledger.spentNanos() < NEAR_PLAN * totals.plannedNanos();
    boolean catchesUp = course.recentPace() > 1;
    return begun && far && !catchesUp ? BEHIND_PLAN : PACING;
  }

  /** A plan to spend as soon as possible is never out too early. */
  private static boolean isEarly(@Nullable Campaign definition, long nowMillis) {
    if (definition == null
        || !definition.flight().ends()
        || definition.plan().shape() == Plan.Shape.ASAP) {
      return false;
    }
    Flight flight = definition.flight();
    double length = (double) flight.endMillis() - flight.startMillis();
    return flight.endMillis() - nowMillis > NEAR_END * length;
  }
}
