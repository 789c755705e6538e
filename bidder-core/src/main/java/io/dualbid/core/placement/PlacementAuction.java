package io.dualbid.core.placement;

import io.dualbid.core.placement.value.ValueDistribution;
import java.util.ArrayList;
import java.util.List;

/**
 * A position auction: which ads stand where in a text, what a click on each costs, and why the
 * others lost.
 *
 * <p>Whatever others bid, no bid does better for an advertiser than its value per click, and none
 * pays more than it bid: the rule picks the best of a fixed set of answers, and
 *
 * <ul>
 *   <li>for welfare an ad pays what its presence costs the others, {@code W(without it) - (W -
 *       b·π)} for each showing, divided by its click probability π for each click (Vickrey, Clarke,
 *       Groves);
 *   <li>for revenue bids are replaced by ironed virtual values, and each step of the ad's clicks is
 *       paid at the least bid that reaches it (Myerson). With virtual values equal to bids the two
 *       agree.
 * </ul>
 *
 * <p>MNL readers: exact, O(ads · positions + maxAds³ · positions) for each of a few rounds, once
 * more for each ad shown. Cascade readers: exact while the states are affordable, otherwise the
 * better of a smaller exact range and a lottery; {@link PlacementResult#rule} and {@link
 * PlacementResult#guarantee} tell. Not thread safe; made for one instance.
 *
 * @see "Myerson: Optimal Auction Design, Mathematics of Operations Research 6(1), 1981"
 */
public final class PlacementAuction {
  private final PlacementInstance instance;
  private final Objective objective;
  private final Eligibility eligibility;
  private final PlacementRule rule;
  private final double[] score;
  private final Choice choice;

  private PlacementAuction(PlacementInstance instance, Objective objective, CascadeMethod method) {
    this.instance = instance;
    this.objective = objective;
    eligibility = new Eligibility(instance);
    rule = RuleChoice.of(eligibility, instance.user(), method);
    score = new double[eligibility.ads];
    for (int i = 0; i < score.length; i++) {
      Ad ad = instance.ads().get(i);
      score[i] = objective == Objective.WELFARE ? ad.bid() : law(ad).virtualValue(ad.bid());
    }
    choice = rule.best(score, null);
  }

  /**
   * Decides and prices; of losers only the reasons are told ({@link Lost#bidNeeded} is NaN).
   *
   * @throws IllegalArgumentException if revenue is sought and an ad has no law of values
   */
  public static PlacementResult run(PlacementInstance instance, Objective objective) {
    return run(instance, objective, CascadeMethod.BY_SIZE);
  }

  /**
   * The same by a given rule, which must not have been chosen by bids.
   *
   * @throws IllegalArgumentException if revenue is sought and an ad has no law of values, or the
   *     rule can't serve so many ads
   */
  public static PlacementResult run(
      PlacementInstance instance, Objective objective, CascadeMethod method) {
    return new PlacementAuction(instance, objective, method).result(false);
  }

  /**
   * Decides, prices, and finds the bid that each loser would have needed: some more solutions for
   * each.
   *
   * @throws IllegalArgumentException as {@link #run(PlacementInstance, Objective, CascadeMethod)}
   */
  public static PlacementResult explain(
      PlacementInstance instance, Objective objective, CascadeMethod method) {
    return new PlacementAuction(instance, objective, method).result(true);
  }

  private static ValueDistribution law(Ad ad) {
    ValueDistribution law = ad.valueDistribution();
    if (law == null) {
      throw new IllegalArgumentException(
          ad.id() + ": an auction for revenue needs the distribution of its values");
    }
    return law;
  }

  private PlacementResult result(boolean explain) {
    List<Placed> placed = new ArrayList<>();
    double welfare = 0;
    double revenue = 0;
    for (int ad : choice.adAt) {
      if (ad != Assignment.NONE) {
        Placed one = placed(ad);
        placed.add(one);
        welfare += one.bid() * one.clickProbability();
        revenue += one.expectedPayment();
      }
    }
    Losers losers = new Losers(instance, eligibility, objective, score, choice);
    List<Lost> lost = new ArrayList<>();
    for (int i = 0; i < eligibility.ads; i++) {
      if (choice.positionOf[i] == Assignment.NONE) {
        lost.add(losers.of(i, explain ? bidNeeded(i) : Double.NaN));
      }
    }
    return new PlacementResult(
        rule.name(),
        rule.guarantee(),
        objective,
        choice.value,
        welfare,
        revenue,
        choice.noClick,
        placed,
        lost);
  }

  private Placed placed(int ad) {
    Ad it = instance.ads().get(ad);
    double click = choice.clickProbability[ad];
    double own = score[ad];
    score[ad] = 0;
    Choice without = rule.best(score, choice.without(ad));
    score[ad] = own;
    double othersWith = choice.value - own * click;
    List<Step> steps = List.of();
    double payment = without.value - othersWith;
    double reserve = 0;
    if (objective == Objective.REVENUE) {
      Envelope envelope = new Envelope(rule, score, ad);
      steps = new BidSteps(envelope, law(it)).priced(envelope.steps(choice, own, without));
      reserve = law(it).reserve();
      payment = 0;
      for (Step step : steps) {
        payment += step.value() * step.jump();
      }
    }
    // Within [0, bid] but for rounding.
    payment = Math.min(it.bid() * click, Math.max(0, payment));
    return new Placed(
        it.id(),
        choice.positionOf[ad],
        click,
        choice.showProbability[ad],
        it.bid(),
        own,
        reserve,
        Math.min(it.bid(), payment / click),
        payment,
        without.value,
        othersWith,
        steps,
        moves(ad, without));
  }

  private List<Placed.Move> moves(int gone, Choice without) {
    List<Placed.Move> moves = new ArrayList<>();
    for (int i = 0; i < eligibility.ads; i++) {
      if (i != gone && without.positionOf[i] != choice.positionOf[i]) {
        moves.add(new Placed.Move(instance.ads().get(i).id(), without.positionOf[i]));
      }
    }
    return moves;
  }

  private double bidNeeded(int ad) {
    Envelope envelope = new Envelope(rule, score, ad);
    double threshold = envelope.threshold(choice.value);
    return objective == Objective.WELFARE || threshold == Double.POSITIVE_INFINITY
        ? threshold
        : new BidSteps(envelope, law(instance.ads().get(ad))).least(threshold);
  }
}
