package io.dualbid.simulator.content;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.model.Hash;
import io.dualbid.core.placement.Ad;
import io.dualbid.core.placement.Limits;
import io.dualbid.core.placement.PlacementInstance;
import io.dualbid.core.placement.Position;
import io.dualbid.core.placement.UserModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes up texts, a function of (seed, number): three to eight positions, each about one of a few
 * topics, and up to a dozen campaigns, each at home in one topic, where its ads are clicked ten
 * times as often. Even numbers have readers who compare (MNL), odd ones readers from top to bottom
 * (cascade).
 */
public final class ContentWorld {
  /** How long an answer to a text may take. */
  static final int TMAX_MILLIS = 1_000;

  /** By how much the clocks of this process and of brokers may differ. */
  static final long CLOCK_SKEW_MILLIS = 1_000;

  private static final int TOPICS = 5;
  private static final int MOST_CAMPAIGNS = 12;
  private static final int MOST_ADS = 3;
  private static final double AT_HOME = 0.2;
  private static final double ELSEWHERE = 0.02;
  private static final double DECAY = 0.85;
  private static final double CONTINUATION = 0.9;
  private static final int CHARACTERS_APART = 120;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final long seed;
  private final List<String> campaigns;

  /** A text with its readers. */
  public static final class Text {
    private final String id;
    private final byte[] request;
    private final PlacementInstance truth;

    private Text(String id, byte[] request, PlacementInstance truth) {
      this.id = id;
      this.request = request;
      this.truth = truth;
    }

    /** The id of the request. */
    public String id() {
      return id;
    }

    /** The record that asks for ads. */
    byte[] request() {
      return request;
    }

    /** How its readers click; ads bid nothing here. */
    public PlacementInstance truth() {
      return truth;
    }
  }

  /**
   * A world.
   *
   * @param campaigns ids of the campaigns whose ads are on offer, at least one
   */
  public ContentWorld(long seed, List<String> campaigns) {
    if (campaigns.isEmpty()) {
      throw new IllegalArgumentException("a world of content needs a campaign");
    }
    this.seed = seed;
    this.campaigns = List.copyOf(campaigns);
  }

  private double unit(long number, long what) {
    return Hash.unit(Hash.mix(Hash.mix(seed * 31 + number) + what * Hash.GOLDEN_GAMMA));
  }

  /** The text of this number. */
  public Text text(long number) {
    boolean cascade = number % 2 == 1;
    int positions = 3 + (int) (6 * unit(number, 0));
    int count = Math.min(campaigns.size(), MOST_CAMPAIGNS);
    int first = (int) (campaigns.size() * unit(number, 1));
    List<Ad> ads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String campaign = campaigns.get((first + i) % campaigns.size());
      double[] weight = new double[positions];
      for (int j = 0; j < positions; j++) {
        boolean home =
            Math.floorMod(Hash.of(campaign, seed), TOPICS)
                == (int) (TOPICS * unit(number, 100 + j));
        double w = (home ? AT_HOME : ELSEWHERE) * (0.5 + unit(number, 1_000 + 100L * i + j));
        weight[j] = cascade ? w : w * Math.pow(DECAY, j);
      }
      ads.add(new Ad(campaign, 0, weight));
    }
    List<Position> places = new ArrayList<>();
    double[] attention = new double[positions];
    for (int j = 0; j < positions; j++) {
      places.add(new Position(CHARACTERS_APART * (j + 1)));
      attention[j] = Math.pow(DECAY, j);
    }
    UserModel user = cascade ? new UserModel.Cascade(CONTINUATION, attention) : new UserModel.Mnl();
    String id = "text-" + seed + "-" + number;
    PlacementInstance truth =
        new PlacementInstance(places, ads, Limits.of(Math.min(MOST_ADS, positions)), user);
    return new Text(id, request(id, truth, attention), truth);
  }

  private static byte[] request(String id, PlacementInstance truth, double[] attention) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id);
    json.put("tmax", TMAX_MILLIS);
    json.putObject("site").put("domain", "answers.example");
    json.putObject("user").put("id", "reader of " + id);
    json.put("max_ads", truth.limits().maxAds());
    if (truth.user() instanceof UserModel.Cascade cascade) {
      json.put("model", "cascade");
      json.put("continuation", cascade.continuation());
      ArrayNode list = json.putArray("attention");
      for (double d : attention) {
        list.add(d);
      }
    } else {
      json.put("model", "mnl");
    }
    ArrayNode positions = json.putArray("positions");
    truth.positions().forEach(p -> positions.addObject().put("offset", p.offset()));
    ArrayNode creatives = json.putArray("creatives");
    for (Ad ad : truth.ads()) {
      ObjectNode creative = creatives.addObject();
      creative.put("campaign", ad.id());
      creative.put("creative", "words");
      ArrayNode weight = creative.putArray("click_weight");
      for (int j = 0; j < ad.positions(); j++) {
        weight.add(ad.clickWeight(j));
      }
    }
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A draw for the reader of a text, in [0, 1). */
  double reader(String id) {
    return Hash.unit(Hash.mix(Hash.of(id, seed)));
  }
}
