package io.dualbid.stream.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.configuration.EngineConfig.Account;
import io.dualbid.core.engine.ContentRequest;
import io.dualbid.core.engine.ContentRequest.Candidate;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.placement.Limits;
import io.dualbid.core.placement.PlacementInstance;
import io.dualbid.core.placement.Position;
import io.dualbid.core.placement.UserModel;
import io.dualbid.core.placement.fit.ClickWeights;
import io.dualbid.core.placement.fit.FitModel;
import io.dualbid.core.placement.text.Content;
import io.dualbid.core.placement.text.Granularity;
import io.dualbid.core.placement.text.InsertionPoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests for ads in content.
 *
 * <p>Who reads the text, where, and until when an answer is awaited is told as in an OpenRTB bid
 * request ({@code id, tmax, user, device, site, bcat, badv, ...}); in place of impressions there
 * are {@code creatives} and either {@code positions} with a click weight for each pair, or the raw
 * {@code content} with the creatives' texts, of which the fit model makes both. Unknown fields are
 * left aside; whatever decides who is shown and is of no use makes the request unreadable, since an
 * answer from half of it would be a wrong one.
 *
 * <p>Not thread safe: one decoder a thread.
 */
public final class ContentRequestDecoder {
  private static final int MOST_POSITIONS = 1_000;
  private static final int MOST_CREATIVES = 1_000;

  private final BidRequestDecoder context;
  private final FitModel fits;

  /**
   * A decoder.
   *
   * @param fits measures how creatives fit raw content
   */
  public ContentRequestDecoder(Account account, int defaultTmaxMillis, FitModel fits) {
    this.context = new BidRequestDecoder(account, defaultTmaxMillis);
    this.fits = fits;
  }

  /**
   * Reads a request.
   *
   * @param timeMillis when it was written
   * @throws UnreadableRecord if it is none
   */
  public ContentRequest decode(byte @Nullable [] value, long timeMillis) throws UnreadableRecord {
    JsonNode node = Json.parse(value);
    BidRequest reader = context.decode(value, timeMillis);
    try {
      boolean cascade = oneOf(node, "model", "mnl", "cascade").equals("cascade");
      oneOf(node, "objective", "welfare", "welfare");
      return node.hasNonNull("content")
          ? ofText(reader, node, cascade)
          : ofWeights(reader, node, cascade);
    } catch (IllegalArgumentException e) {
      throw new UnreadableRecord("found that " + e.getMessage() + "; accepted: a content request");
    }
  }

  private ContentRequest ofWeights(BidRequest reader, JsonNode node, boolean cascade)
      throws UnreadableRecord {
    List<Position> positions = positions(node.path("positions"));
    List<Candidate> candidates = new ArrayList<>();
    for (JsonNode creative : creatives(node)) {
      List<Double> fit =
          creative.hasNonNull("fit") ? numbers(creative, "fit", positions.size()) : List.of();
      candidates.add(
          new Candidate(
              Json.text(creative, "campaign"),
              Json.text(creative, "creative"),
              weights(creative, positions.size(), cascade),
              fit,
              texts(creative.path("excluded_topics"))));
    }
    double[] attention =
        node.hasNonNull("attention")
            ? numbers(node, "attention", positions.size()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray()
            : new double[0];
    double floor = number(node, "fit_floor", Double.NEGATIVE_INFINITY);
    return request(reader, node, positions, user(node, cascade, attention), floor, candidates);
  }

  private ContentRequest ofText(BidRequest reader, JsonNode node, boolean cascade)
      throws UnreadableRecord {
    Content content = Content.parse(node.path("content").asText());
    Granularity granularity =
        oneOf(node, "granularity", "paragraph", "sentence").equals("paragraph")
            ? Granularity.PARAGRAPH
            : Granularity.SENTENCE;
    List<InsertionPoint> points =
        content.points(granularity, (int) whole(node, "min_gap", 0, 0, Integer.MAX_VALUE));
    if (points.size() > MOST_POSITIONS) {
      points = points.subList(0, MOST_POSITIONS);
    }
    List<Position> positions = points.stream().map(p -> new Position(p.offset())).toList();
    List<JsonNode> creatives = creatives(node);
    List<String> words = new ArrayList<>();
    for (JsonNode creative : creatives) {
      if (!creative.path("text").isTextual()) {
        throw new UnreadableRecord("found no usable 'text' of a creative; accepted: its words");
      }
      words.add(creative.path("text").asText());
    }
    ClickWeights weights = clickWeights(node.path("weights"));
    double[][] cosines = fits.cosines(content, points, words);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < cosines.length; i++) {
      List<Double> weight = new ArrayList<>();
      for (int j = 0; j < cosines[i].length; j++) {
        weight.add(
            cascade ? weights.clickProbability(cosines[i][j]) : weights.weight(cosines[i][j], j));
      }
      candidates.add(
          new Candidate(
              Json.text(creatives.get(i), "campaign"),
              Json.text(creatives.get(i), "creative"),
              weight,
              DoubleStream.of(cosines[i]).boxed().toList(),
              Set.of()));
    }
    double[] attention = new double[positions.size()];
    for (int j = 0; j < attention.length; j++) {
      attention[j] = weights.attention(j);
    }
    return request(
        reader, node, positions, user(node, cascade, attention), weights.floor(), candidates);
  }

  private static ContentRequest request(
      BidRequest reader,
      JsonNode node,
      List<Position> positions,
      UserModel user,
      double floor,
      List<Candidate> candidates)
      throws UnreadableRecord {
    int mostAds = (int) whole(node, "max_ads", positions.size(), 0, Integer.MAX_VALUE);
    int distance = (int) whole(node, "min_distance", 0, 0, Integer.MAX_VALUE);
    return new ContentRequest(
        reader,
        positions,
        user,
        new Limits(mostAds, distance, floor),
        node.path("separate_categories").asBoolean(false),
        candidates);
  }

  private static UserModel user(JsonNode node, boolean cascade, double[] attention)
      throws UnreadableRecord {
    return cascade
        ? new UserModel.Cascade(number(node, "continuation", 1), attention)
        : new UserModel.Mnl();
  }

  private static List<Position> positions(JsonNode node) throws UnreadableRecord {
    if (node.isIntegralNumber() && node.asInt() >= 0 && node.asInt() <= MOST_POSITIONS) {
      return PlacementInstance.positions(node.asInt());
    }
    if (!node.isArray() || node.size() > MOST_POSITIONS) {
      throw new UnreadableRecord(
          "found no usable 'positions'; accepted: a number up to "
              + MOST_POSITIONS
              + ", as many objects with 'offset', or 'content'");
    }
    List<Position> positions = new ArrayList<>();
    for (JsonNode each : node) {
      int offset = (int) whole(each, "offset", -1, 0, Integer.MAX_VALUE);
      if (offset < 0
          || (!positions.isEmpty() && positions.get(positions.size() - 1).offset() >= offset)) {
        throw new UnreadableRecord(
            "found no usable 'offset' of position "
                + positions.size()
                + "; accepted: whole numbers of at least 0 that rise");
      }
      positions.add(new Position(offset, texts(each.path("topics"))));
    }
    return positions;
  }

  private static List<JsonNode> creatives(JsonNode node) throws UnreadableRecord {
    JsonNode list = node.path("creatives");
    if (!list.isArray() || list.size() > MOST_CREATIVES) {
      throw new UnreadableRecord(
          "found no usable 'creatives'; accepted: a list of at most " + MOST_CREATIVES);
    }
    List<JsonNode> creatives = new ArrayList<>();
    list.forEach(creatives::add);
    return creatives;
  }

  private static List<Double> weights(JsonNode creative, int positions, boolean cascade)
      throws UnreadableRecord {
    List<Double> weights = numbers(creative, "click_weight", positions);
    for (double w : weights) {
      if (!(w >= 0 && w <= (cascade ? 1 : Double.MAX_VALUE))) {
        throw new UnreadableRecord(
            "found a click weight of "
                + w
                + "; accepted: at least 0, and at most 1 for the cascade model");
      }
    }
    return weights;
  }

  private static List<Double> numbers(JsonNode node, String key, int count)
      throws UnreadableRecord {
    JsonNode list = node.path(key);
    List<Double> numbers = new ArrayList<>();
    for (JsonNode each : list) {
      if (each.isNumber()) {
        numbers.add(each.asDouble());
      }
    }
    if (!list.isArray() || list.size() != count || numbers.size() != count) {
      throw new UnreadableRecord(
          "found no usable '" + key + "'; accepted: a number for each of " + count + " positions");
    }
    return numbers;
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new HashSet<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static ClickWeights clickWeights(JsonNode node) throws UnreadableRecord {
    ClickWeights standard = ClickWeights.DEFAULT;
    return new ClickWeights(
        number(node, "alpha", standard.alpha()),
        number(node, "beta", standard.beta()),
        number(node, "decay", standard.decay()),
        number(node, "floor", standard.floor()));
  }

  private static double number(JsonNode node, String key, double otherwise)
      throws UnreadableRecord {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw new UnreadableRecord("found no usable '" + key + "'; accepted: a number");
    }
    return value.asDouble();
  }

  private static long whole(JsonNode node, String key, long otherwise, long least, long most)
      throws UnreadableRecord {
    if (!node.hasNonNull(key)) {
      return otherwise;
    }
    long value = Json.whole(node, key);
    if (value < least || value > most) {
      throw new UnreadableRecord(
          "found " + value + " as '" + key + "'; accepted: " + least + " to " + most);
    }
    return value;
  }

  private static String oneOf(JsonNode node, String key, String otherwise, String other)
      throws UnreadableRecord {
    String value = node.hasNonNull(key) ? node.path(key).asText() : otherwise;
    if (!value.equals(otherwise) && !value.equals(other)) {
      throw new UnreadableRecord(
          "found '"
              + value
              + "' as '"
              + key
              + "'; accepted: "
              + (other.equals(otherwise) ? other : otherwise + " or " + other));
    }
    return value;
  }
}
