package io.dualbid.simulator.world;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Money;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generated traffic of one display exchange: sites, countries, sizes, devices, users and their
 * segments, each drawn with a skew as real traffic has it, and a market by {@link Landscape}. Every
 * request is a function of (seed, number).
 */
public final class GeneratedWorld implements World {
  /** Sizes of banners, most frequent first. */
  static final int[][] SIZES = {{300, 250}, {728, 90}, {320, 50}, {160, 600}, {970, 250}};

  /** Countries, most frequent first, with a region each. */
  static final String[][] PLACES = {
    {"USA", "CA"}, {"USA", "NY"}, {"DEU", "BY"}, {"GBR", "ENG"}, {"FRA", "IDF"}, {"CAN", "ON"}
  };

  /** Number of sites. */
  static final int SITES = 200;

  /** Number of user segments. */
  static final int SEGMENTS = 40;

  private static final int USERS = 50_000;
  private static final double[] SIZE_PRICES = {1.0, 0.9, 0.6, 0.8, 1.6};
  private static final int[] DEVICES = {2, 4, 4, 5, 3};

  private final JsonFactory json = new JsonFactory();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
  private final Landscape landscape;
  private final long seed;
  private final long size;
  private long made;

  /**
   * A world of {@code size} requests.
   *
   * @param landscape the market
   */
  public GeneratedWorld(Landscape landscape, long seed, long size) {
    this.landscape = landscape;
    this.seed = seed;
    this.size = size;
  }

  /** The domain of the site of this rank. */
  static String site(int rank) {
    return "site-" + rank + ".example";
  }

  @Override
  public @Nullable Opportunity next() {
    return made == size ? null : at(made++);
  }

  /**
   * The opportunity of this number, at any time and as often as wanted.
   *
   * @param number from 0
   */
  public Opportunity at(long number) {
    long draw = Hash.mix(seed + number * Hash.GOLDEN_GAMMA);
    String id = Long.toHexString(seed) + "-" + number;
    int sizeIndex = skewed(draw, 11, SIZES.length);
    long floor = Money.floorNanos(0.0002 * Hash.unit(Hash.mix(draw + 12)));
    Auction offered = landscape.auction("1", Hash.mix(draw + 13), floor, SIZE_PRICES[sizeIndex]);
    int site = skewed(draw, 22, SITES);
    Auction auction = paysItsBid(site) ? offered.atFirstPrice() : offered;
    String user = "u" + (int) (Hash.unit(Hash.mix(draw + 14)) * USERS);
    try {
      byte[] request = request(id, draw, sizeIndex, floor, user, site, auction.clickRate());
      return new Opportunity(id, user, request, List.of(auction));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the auctions of a site are first-price: those of every fourth are. */
  private static boolean paysItsBid(int site) {
    return site % 4 == 3;
  }

  /** An index below {@code n}, low ones more often: the square of a uniform draw. */
  private static int skewed(long draw, long purpose, int n) {
    double u = Hash.unit(Hash.mix(draw + purpose));
    return (int) (u * u * n);
  }

  private byte[] request(
      String id, long draw, int sizeIndex, long floor, String user, int site, double clickRate)
      throws IOException {
    String[] place = PLACES[skewed(draw, 21, PLACES.length)];
    buffer.reset();
    try (JsonGenerator out = json.createGenerator(buffer)) {
      out.writeStartObject();
      out.writeStringField("id", id);
      out.writeNumberField("at", paysItsBid(site) ? 1 : 2);
      out.writeArrayFieldStart("cur");
      out.writeString("USD");
      out.writeEndArray();
      out.writeArrayFieldStart("imp");
      out.writeStartObject();
      out.writeStringField("id", "1");
      out.writeObjectFieldStart("banner");
      out.writeArrayFieldStart("format");
      out.writeStartObject();
      out.writeNumberField("w", SIZES[sizeIndex][0]);
      out.writeNumberField("h", SIZES[sizeIndex][1]);
      out.writeEndObject();
      out.writeEndArray();
      out.writeEndObject();
      out.writeNumberField("bidfloor", Money.cpm(floor));
      out.writeStringField("bidfloorcur", "USD");
      out.writeObjectFieldStart("ext");
      out.writeNumberField("pctr", clickRate);
      out.writeEndObject();
      out.writeEndObject();
      out.writeEndArray();
      out.writeObjectFieldStart("site");
      out.writeStringField("domain", site(site));
      out.writeEndObject();
      out.writeObjectFieldStart("device");
      out.writeNumberField("devicetype", DEVICES[skewed(draw, 23, DEVICES.length)]);
      out.writeObjectFieldStart("geo");
      out.writeStringField("country", place[0]);
      out.writeStringField("region", place[1]);
      out.writeEndObject();
      out.writeEndObject();
      out.writeObjectFieldStart("user");
      out.writeStringField("id", user);
      writeSegments(out, Hash.of(user, seed));
      out.writeEndObject();
      out.writeEndObject();
    }
    return buffer.toByteArray();
  }

  /** A user keeps their segments: they follow from the user alone. */
  private static void writeSegments(JsonGenerator out, long user) throws IOException {
    out.writeArrayFieldStart("data");
    out.writeStartObject();
    out.writeStringField("id", "interests");
    out.writeArrayFieldStart("segment");
    int first = skewed(user, 1, SEGMENTS);
    int second = skewed(user, 2, SEGMENTS);
    for (int segment : first == second ? new int[] {first} : new int[] {first, second}) {
      out.writeStartObject();
      out.writeStringField("id", Integer.toString(segment));
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
    out.writeEndArray();
  }

  @Override
  public long size() {
    return size;
  }
}
