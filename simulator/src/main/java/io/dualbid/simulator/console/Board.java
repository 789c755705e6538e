package io.dualbid.simulator.console;

import io.dualbid.core.model.PacingUpdate;
import io.dualbid.stream.codec.CampaignRecords;
import io.dualbid.stream.codec.UnreadableRecord;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All campaigns, those that need attention first: whatever has a definition or a ledger that the
 * engine accepts, and nothing else.
 *
 * <p>Records come in at any rate and cost little: they are kept, the newest of each campaign, until
 * a {@link #sweep} decodes them. A sweep decodes what is looked at, what has changed its state, and
 * in turn a bounded number of the others. Thread safe.
 */
final class Board {
  /** Decoded in a sweep beyond what is looked at and what is urgent. */
  private static final int IN_TURN = 800;

  /** Urgent ones decoded in a sweep: a start with many campaigns takes several. */
  private static final int URGENT = 1_000;

  private final Map<String, CampaignView> views = new ConcurrentHashMap<>();
  private CampaignView[] inOrder = {};
  private volatile boolean changed;
  private int turn;
  private volatile boolean past = true;
  private volatile @Nullable String trouble = "reading the topics";

  private volatile Overview overview = new Overview(List.of(), 0, Totals.NONE, "starting");

  /**
   * All campaigns at one moment.
   *
   * @param campaigns those that need attention first
   * @param attention how many do
   * @param trouble why the topics can't be read, or null
   */
  record Overview(
      List<CampaignView> campaigns, int attention, Totals totals, @Nullable String trouble) {}

  /**
   * Sums over all campaigns.
   *
   * @param newestMillis the greatest epoch among them, 0 for none
   */
  record Totals(
      long budgetNanos, long spentNanos, long plannedNanos, long wins, long newestMillis) {
    static final Totals NONE = new Totals(0, 0, 0, 0, 0);
  }

  /** Takes a pacing record; one without value, or of no campaign, says nothing. */
  void pacing(byte @Nullable [] key, byte @Nullable [] value) {
    if (value != null) {
      take(key, view -> view.pacing(value, past));
    }
  }

  /** Takes a definition; one of no campaign says nothing. */
  void defined(byte @Nullable [] key, byte @Nullable [] value) {
    take(key, view -> view.defined(value));
  }

  private void take(byte @Nullable [] key, Consumer<CampaignView> record) {
    String id;
    try {
      id = CampaignRecords.id(key);
    } catch (UnreadableRecord e) {
      // The engine refuses it too, and has told so in the dead letters.
      return;
    }
    boolean[] added = {false};
    views.compute(
        id,
        (same, known) -> {
          CampaignView view = known == null ? new CampaignView(same) : known;
          added[0] = known == null;
          record.accept(view);
          return view;
        });
    if (added[0]) {
      changed = true;
    }
  }

  /** What the topics held at the start has been read. */
  void caughtUp() {
    past = false;
    trouble = null;
  }

  /** The topics can't be read for now. */
  void troubled(String reason) {
    trouble = reason;
  }

  /** The topics can be read again. */
  void recovered() {
    if (!past) {
      trouble = null;
    }
  }

  /** The campaign of this id, or null. */
  @Nullable CampaignView find(String id) {
    CampaignView view = views.get(id);
    return view != null && view.isKnown() ? view : null;
  }

  /** Everything as the last sweep has found it. */
  Overview overview() {
    return overview;
  }

  /**
   * Decodes what is new and puts campaigns in order. For one thread only.
   *
   * @param shown ids of campaigns that somebody looks at
   */
  void sweep(Set<String> shown, long nowMillis) {
    boolean other = changed;
    if (other) {
      changed = false;
      inOrder = views.values().toArray(new CampaignView[0]);
    }
    @Nullable Condition[] before = conditions();
    for (String id : shown) {
      CampaignView view = views.get(id);
      if (view != null) {
        view.look(nowMillis);
      }
    }
    int urgent = 0;
    for (int i = 0; i < inOrder.length && urgent < URGENT; i++) {
      if (inOrder[i].isUrgent()) {
        inOrder[i].look(nowMillis);
        urgent++;
      }
    }
    for (int i = 0; i < Math.min(IN_TURN, inOrder.length); i++) {
      turn = (turn + 1) % inOrder.length;
      inOrder[turn].look(nowMillis);
    }
    forget();
    publish(other || !Arrays.equals(before, conditions()));
  }

  /** Lets go of what only records told of that nobody can read. */
  private void forget() {
    for (CampaignView view : inOrder) {
      if (view.isEmpty()) {
        views.computeIfPresent(view.id(), (id, known) -> known.isEmpty() ? null : known);
        changed = true;
      }
    }
  }

  /** Conditions of those that are known; null for the others. */
  private @Nullable Condition[] conditions() {
    @Nullable Condition[] conditions = new Condition[inOrder.length];
    for (int i = 0; i < inOrder.length; i++) {
      conditions[i] = inOrder[i].isKnown() ? inOrder[i].condition() : null;
    }
    return conditions;
  }

  private void publish(boolean anew) {
    List<CampaignView> campaigns = overview.campaigns;
    if (anew) {
      campaigns =
          Arrays.stream(inOrder)
              .filter(CampaignView::isKnown)
              .sorted(Comparator.comparing(CampaignView::condition).thenComparing(CampaignView::id))
              .toList();
    }
    long budget = 0;
    long spent = 0;
    long planned = 0;
    long wins = 0;
    long newest = 0;
    int attention = 0;
    for (CampaignView view : inOrder) {
      attention += view.isKnown() && view.condition().needsAttention() ? 1 : 0;
      PacingUpdate update = view.update();
      if (update != null) {
        budget += update.ledger().budgetNanos();
        spent += update.ledger().spentNanos();
        planned += update.totals().plannedNanos();
        wins += update.totals().wins();
        newest = Math.max(newest, update.epoch());
      }
    }
    overview =
        new Overview(
            campaigns, attention, new Totals(budget, spent, planned, wins, newest), trouble);
  }
}
