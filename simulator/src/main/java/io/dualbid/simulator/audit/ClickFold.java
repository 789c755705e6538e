package io.dualbid.simulator.audit;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.ClickCounts;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.PacingUpdate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What clicks cost a campaign that pays by them: of each bid that was clicked within its window the
 * first click, at the price that the bid tells, as far as the budget and the budget of its day
 * reach. What lies beyond is free.
 *
 * <p>Where the billing or a budget changed in flight, the journal doesn't tell in which order that
 * was folded in; then only bounds are held against the published ledger.
 */
final class ClickFold {
  private final List<Impression> clicked = new ArrayList<>();
  private final Set<Limits> limits = new HashSet<>();
  private final Set<Long> prices = new HashSet<>();
  private boolean alsoImpressions;
  private long repeated;
  private long late;

  /** A bid that pays by the click, and its click if that has come. */
  static final class Impression {
    private final ClickTerms terms;
    private final long day;
    private final long offset;
    private boolean isClicked;
    private long clickOffset;
    private long clickMillis;

    Impression(ClickTerms terms, long day, long offset) {
      this.terms = terms;
      this.day = day;
      this.offset = offset;
    }

    /** Whether a click that is appended at {@code timeMillis} would be charged. */
    boolean chargesAt(long timeMillis) {
      return terms.chargesAt(timeMillis);
    }

    /** What a click is charged at most. */
    long priceNanos() {
      return terms.priceNanos();
    }
  }

  /** Is told of what a click was charged. */
  @FunctionalInterface
  interface Charges {
    /** A click that was appended at this time was charged so much, maybe nothing. */
    void charged(long timeMillis, long nanos);
  }

  private record Limits(long budgetNanos, @Nullable Long dailyNanos) {}

  /**
   * What clicks cost.
   *
   * @param spentNanos what was charged
   * @param charged clicks that were charged
   * @param free clicks beyond the budget
   */
  record Cost(long spentNanos, long charged, long free) {}

  void defined(Campaign definition) {
    limits.add(new Limits(definition.budgetNanos(), definition.dailyBudgetNanos()));
  }

  /** Folds in a bid and says what a click on it is charged, or null where it is nothing. */
  @Nullable Impression bid(Bid bid, long offset) {
    ClickTerms terms = bid.click();
    if (terms == null) {
      alsoImpressions = true;
      return null;
    }
    prices.add(terms.priceNanos());
    return new Impression(terms, bid.day(), offset);
  }

  /**
   * Folds in a click, in the order of the journal.
   *
   * @return whether it is the first on this impression, and in time
   */
  boolean click(Impression impression, long offset, long appendMillis) {
    if (impression.isClicked || !impression.terms.chargesAt(appendMillis)) {
      return false;
    }
    impression.isClicked = true;
    impression.clickOffset = offset;
    impression.clickMillis = appendMillis;
    clicked.add(impression);
    return true;
  }

  /** A click came to nothing, since this impression, the last that it could be of, has had its. */
  void inVain(Impression impression, long appendMillis) {
    if (impression.terms.chargesAt(appendMillis)) {
      repeated++;
    } else {
      late++;
    }
  }

  /** Whether any bid pays by the click. */
  boolean isEmpty() {
    return prices.isEmpty();
  }

  /** Clicks after the first on the same impression. */
  long repeated() {
    return repeated;
  }

  /** Clicks after the window of their bid. */
  long late() {
    return late;
  }

  /** What all clicks cost. */
  Cost cost() {
    return cost(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Tells what each click was charged, in the order of the journal. */
  void charges(Charges taker) {
    cost(Long.MAX_VALUE, Long.MAX_VALUE, taker);
  }

  /** What clicks cost as far as the journal had been folded in. */
  private Cost cost(long bidsEnd, long outcomesEnd) {
    return cost(bidsEnd, outcomesEnd, (time, nanos) -> {});
  }

  private Cost cost(long bidsEnd, long outcomesEnd, Charges taker) {
    List<Impression> folded = new ArrayList<>();
    for (Impression impression : clicked) {
      if (impression.offset <= bidsEnd && impression.clickOffset <= outcomesEnd) {
        folded.add(impression);
      }
    }
    folded.sort((a, b) -> Long.compare(a.clickOffset, b.clickOffset));
    long budget = limits.stream().mapToLong(Limits::budgetNanos).max().orElse(0);
    Map<Long, Long> left = new HashMap<>();
    long spent = 0;
    long charged = 0;
    for (Impression click : folded) {
      long ofDay = left.computeIfAbsent(click.day, day -> highestDaily());
      long charge = Math.min(click.terms.priceNanos(), Math.min(budget - spent, ofDay));
      left.put(click.day, ofDay - charge);
      spent += charge;
      taker.charged(click.clickMillis, charge);
      charged += charge > 0 ? 1 : 0;
    }
    return new Cost(spent, charged, folded.size() - charged);
  }

  private long highestDaily() {
    long highest = 0;
    for (Limits one : limits) {
      Long daily = one.dailyNanos;
      highest = Math.max(highest, daily == null ? Long.MAX_VALUE : daily);
    }
    return highest;
  }

  /** What is wrong with a published ledger of clicks, in words; nothing where none are paid for. */
  List<String> breaches(PacingUpdate update) {
    long budget = limits.stream().mapToLong(Limits::budgetNanos).max().orElse(0);
    boolean tooMuch = !isEmpty() && !alsoImpressions && update.ledger().spentNanos() > budget;
    return tooMuch
        ? List.of(
            "clicks were charged "
                + update.ledger().spentNanos()
                + " nanos, the budget is "
                + budget)
        : List.of();
  }

  /**
   * Where the published ledger differs, in words.
   *
   * @param impressionsNanos what impressions cost by the journal
   * @param doubtful how many clicks may have been counted or not
   * @param doubtfulNanos what may have been charged or not
   */
  List<String> differences(
      PacingUpdate update, long impressionsNanos, long doubtful, long doubtfulNanos) {
    Cost cost = cost(update.position().bids(), update.position().outcomes());
    ClickCounts counts = update.totals().paidClicks();
    List<String> differences = new ArrayList<>();
    if (limits.size() == 1 && !alsoImpressions && doubtful == 0) {
      differ(differences, "spent nanos", cost.spentNanos, update.ledger().spentNanos());
      if (prices.size() == 1) {
        differ(differences, "free clicks", cost.free, counts.free());
      }
    } else {
      long most = impressionsNanos + cost.spentNanos + doubtfulNanos;
      if (update.ledger().spentNanos() > most) {
        differ(differences, "spent nanos, at most", most, update.ledger().spentNanos());
      }
    }
    long inTime = cost.charged + cost.free;
    long published = counts.charged() + counts.free();
    if (Math.abs(published - inTime) > doubtful) {
      differ(differences, "clicks in time", inTime, published);
    }
    return differences;
  }

  private static void differ(List<String> differences, String what, long journal, long ledger) {
    if (journal != ledger) {
      differences.add(what + ": " + journal + " by the journal, " + ledger + " published");
    }
  }
}
