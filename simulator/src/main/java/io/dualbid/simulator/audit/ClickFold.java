package io.dualbid.simulator.audit;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
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
  private final Map<BidId, Promised> bids = new HashMap<>();
  private final Map<BidId, Click> clicks = new HashMap<>();
  private final Set<Limits> limits = new HashSet<>();
  private final Set<Long> prices = new HashSet<>();
  private boolean alsoImpressions;
  private long repeated;
  private long late;

  private record Promised(ClickTerms terms, long day, long offset) {}

  private record Click(Promised bid, long offset, long timeMillis) {}

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

  void bid(Bid bid, long offset) {
    ClickTerms terms = bid.click();
    if (terms == null) {
      alsoImpressions = true;
    } else {
      prices.add(terms.priceNanos());
      bids.put(bid.id(), new Promised(terms, bid.day(), offset));
    }
  }

  /** Folds in a click, in the order of the journal. */
  void click(BidId id, long offset, long appendMillis) {
    Promised bid = bids.get(id);
    if (bid == null) {
      return;
    }
    if (!bid.terms.chargesAt(appendMillis)) {
      late++;
    } else if (clicks.putIfAbsent(id, new Click(bid, offset, appendMillis)) != null) {
      repeated++;
    }
  }

  /** Whether any bid pays by the click. */
  boolean isEmpty() {
    return bids.isEmpty();
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
    List<Click> folded = new ArrayList<>();
    for (Click click : clicks.values()) {
      if (click.bid.offset <= bidsEnd && click.offset <= outcomesEnd) {
        folded.add(click);
      }
    }
    folded.sort((a, b) -> Long.compare(a.offset, b.offset));
    long budget = limits.stream().mapToLong(Limits::budgetNanos).max().orElse(0);
    Map<Long, Long> left = new HashMap<>();
    long spent = 0;
    long charged = 0;
    for (Click click : folded) {
      long ofDay = left.computeIfAbsent(click.bid.day, day -> highestDaily());
      long charge = Math.min(click.bid.terms.priceNanos(), Math.min(budget - spent, ofDay));
      left.put(click.bid.day, ofDay - charge);
      spent += charge;
      taker.charged(click.timeMillis, charge);
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
   */
  List<String> differences(PacingUpdate update, long impressionsNanos) {
    Cost cost = cost(update.position().bids(), update.position().outcomes());
    ClickCounts counts = update.totals().paidClicks();
    List<String> differences = new ArrayList<>();
    if (limits.size() == 1 && !alsoImpressions) {
      differ(differences, "spent nanos", cost.spentNanos, update.ledger().spentNanos());
      if (prices.size() == 1) {
        differ(differences, "free clicks", cost.free, counts.free());
      }
    } else {
      long most = impressionsNanos + cost.spentNanos;
      if (update.ledger().spentNanos() > most) {
        differ(differences, "spent nanos, at most", most, update.ledger().spentNanos());
      }
    }
    differ(
        differences, "clicks in time", cost.charged + cost.free, counts.charged() + counts.free());
    return differences;
  }

  private static void differ(List<String> differences, String what, long journal, long ledger) {
    if (journal != ledger) {
      differences.add(what + ": " + journal + " by the journal, " + ledger + " published");
    }
  }
}
