package io.dualbid.core.placement.fit;

import io.dualbid.core.placement.Ad;
import io.dualbid.core.placement.Limits;
import io.dualbid.core.placement.Placed;
import io.dualbid.core.placement.PlacementInstance;
import io.dualbid.core.placement.Position;
import io.dualbid.core.placement.UserModel;
import io.dualbid.core.placement.text.Content;
import io.dualbid.core.placement.text.InsertionPoint;
import io.dualbid.core.placement.text.SponsoredLabel;
import io.dualbid.core.placement.text.SponsoredText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Content and creatives as an auction: positions are places in the content, weights come from how
 * the creatives fit there. Bids play no part in it. Not changed once made.
 */
public final class FittedContent {
  private final Content content;
  private final List<InsertionPoint> points;
  private final List<TextCreative> creatives;
  private final double[][] cosine;
  private final PlacementInstance instance;

  private FittedContent(
      Content content,
      List<InsertionPoint> points,
      List<TextCreative> creatives,
      double[][] cosine,
      PlacementInstance instance) {
    this.content = content;
    this.points = List.copyOf(points);
    this.creatives = List.copyOf(creatives);
    this.cosine = cosine;
    this.instance = instance;
  }

  /**
   * Finds places and weights.
   *
   * @throws IllegalArgumentException if two creatives have one id
   */
  public static FittedContent of(
      Content content, List<TextCreative> creatives, FitSettings settings, FitModel model) {
    List<InsertionPoint> points =
        content.points(settings.granularity(), settings.minGap()).stream()
            .filter(point -> !introduces(content.source(), point.offset()))
            .toList();
    double[][] cosine =
        model.cosines(content, points, creatives.stream().map(TextCreative::text).toList());
    List<Position> positions =
        points.stream().map(point -> new Position(point.offset(), settings.topics())).toList();
    List<Ad> ads = new ArrayList<>();
    for (int i = 0; i < cosine.length; i++) {
      ads.add(creatives.get(i).fitted(weights(cosine[i], settings), cosine[i]));
    }
    Limits limits =
        new Limits(settings.maxAds(), settings.minDistance(), settings.weights().floor());
    return new FittedContent(
        content,
        points,
        creatives,
        cosine,
        new PlacementInstance(positions, ads, limits, user(settings, points.size())));
  }

  /** A paragraph that ends with a colon belongs to the list or the code after it. */
  private static boolean introduces(String source, int offset) {
    return source.substring(0, offset).stripTrailing().endsWith(":");
  }

  private static double[] weights(double[] cosine, FitSettings settings) {
    double[] weights = new double[cosine.length];
    for (int j = 0; j < weights.length; j++) {
      weights[j] =
          settings.continuation() == null
              ? settings.weights().weight(cosine[j], j)
              : settings.weights().clickProbability(cosine[j]);
    }
    return weights;
  }

  private static UserModel user(FitSettings settings, int positions) {
    Double continuation = settings.continuation();
    if (continuation == null) {
      return new UserModel.Mnl();
    }
    double[] attention = new double[positions];
    for (int j = 0; j < positions; j++) {
      attention[j] = settings.weights().attention(j);
    }
    return new UserModel.Cascade(continuation, attention);
  }

  /** The content. */
  public Content content() {
    return content;
  }

  /** Places in reading order; an ad's position is an index of it. */
  public List<InsertionPoint> points() {
    return points;
  }

  /** The creatives, in the order of the instance's ads. */
  public List<TextCreative> creatives() {
    return creatives;
  }

  /** Fit of a creative at a position, in [-1, 1]. */
  public double cosine(int creative, int position) {
    return cosine[creative][position];
  }

  /** The auction. */
  public PlacementInstance instance() {
    return instance;
  }

  /** The content with the ads that are shown. */
  public SponsoredText sponsored(List<Placed> shown, SponsoredLabel label) {
    Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < creatives.size(); i++) {
      index.put(creatives.get(i).ad().id(), i);
    }
    List<SponsoredText.Ad> ads = new ArrayList<>();
    for (Placed placed : shown) {
      Integer creative = index.get(placed.ad());
      if (creative == null) {
        throw new IllegalArgumentException("no creative of " + placed.ad());
      }
      ads.add(
          new SponsoredText.Ad(
              points.get(placed.position()), creative, creatives.get(creative).text()));
    }
    return SponsoredText.of(content.source(), ads, label);
  }
}
