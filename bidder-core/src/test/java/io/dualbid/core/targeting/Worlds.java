package io.dualbid.core.targeting;

import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Deal;
import io.dualbid.core.model.DeviceType;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.MediaType;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Size;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random campaigns and requests from small pools, so that they often match. */
final class Worlds {
  private static final List<String> COUNTRIES = List.of("USA", "CAN", "DEU", "FRA");
  private static final List<String> REGIONS = List.of("USA-CA", "USA-NY", "CAN-ON", "DEU-BY");
  private static final List<String> DOMAINS =
      List.of("a.example", "news.a.example", "b.example", "xb.example", "com.app.one", "example");
  private static final List<String> SEGMENTS = List.of("1", "2", "3", "4", "5");
  private static final List<String> DEALS = List.of("d1", "d2", "d3");
  private static final List<Size> SIZES =
      List.of(new Size(300, 250), new Size(728, 90), new Size(160, 600));
  private static final List<DeviceType> DEVICES =
      List.of(DeviceType.PHONE, DeviceType.TABLET, DeviceType.PERSONAL_COMPUTER);

  private final SplittableRandom random;

  Worlds(long seed) {
    random = new SplittableRandom(seed);
  }

  private <T> Set<T> some(List<T> pool, int most) {
    Set<T> chosen = new LinkedHashSet<>();
    if (random.nextBoolean()) {
      for (int i = random.nextInt(most + 1); i > 0; i--) {
        chosen.add(pool.get(random.nextInt(pool.size())));
      }
    }
    return chosen;
  }

  private <T> T one(List<T> pool) {
    return pool.get(random.nextInt(pool.size()));
  }

  Campaign campaign(String id) {
    List<Creative> creatives = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      creatives.add(creative(id + i));
    }
    return campaign(
        id,
        creatives,
        new Targeting(
            some(COUNTRIES, 2),
            some(REGIONS, 2),
            some(DOMAINS, 3),
            random.nextInt(3) == 0 ? some(DOMAINS, 1) : Set.of(),
            some(DEVICES, 2),
            some(SEGMENTS, 3),
            random.nextInt(3) == 0 ? some(SEGMENTS, 1) : Set.of(),
            random.nextInt(3) == 0 ? some(DEALS, 2) : Set.of(),
            List.of(),
            null));
  }

  static Campaign campaign(String id, List<Creative> creatives, Targeting targeting) {
    return new Campaign(
        id,
        "shoes.example",
        List.of("IAB18"),
        Campaign.Status.ACTIVE,
        1_000,
        null,
        new Flight(0, 1_000_000, ZoneOffset.UTC),
        Plan.EVEN,
        Strategy.budget(Campaign.Objective.VALUE, Campaign.Mirror.ENTROPY, 1),
        1,
        0.1,
        1_000,
        creatives,
        targeting);
  }

  private Creative creative(String id) {
    return switch (random.nextInt(6)) {
      case 0 ->
          new Creative(
              id,
              MediaType.VIDEO,
              random.nextBoolean() ? new Size(0, 0) : new Size(640, 480),
              10 + random.nextInt(20),
              List.of());
      case 1 -> new Creative(id, MediaType.NATIVE, new Size(0, 0), 0, List.of());
      case 2 ->
          new Creative(id, MediaType.AUDIO, new Size(0, 0), 10 + random.nextInt(20), List.of());
      default -> new Creative(id, MediaType.BANNER, one(SIZES), 0, List.of());
    };
  }

  BidRequest request() {
    List<Impression> impressions = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      impressions.add(impression("i" + i));
    }
    String country = random.nextInt(5) == 0 ? null : one(COUNTRIES);
    return request(
        some(DOMAINS, 2).stream().map(d -> random.nextInt(3) == 0 ? "sub." + d : d).toList(),
        country,
        random.nextBoolean() ? one(REGIONS) : null,
        random.nextInt(4) == 0 ? null : one(DEVICES),
        List.copyOf(some(SEGMENTS, 4)),
        impressions);
  }

  static BidRequest request(
      List<String> places,
      @Nullable String country,
      @Nullable String region,
      @Nullable DeviceType device,
      List<String> segments,
      List<Impression> impressions) {
    return new BidRequest(
        "r",
        0,
        100,
        false,
        "USD",
        true,
        places,
        country,
        region,
        device,
        "user",
        segments,
        List.of(),
        List.of(),
        impressions);
  }

  private Impression impression(String id) {
    List<MediaType> types = new ArrayList<>();
    for (MediaType type : MediaType.values()) {
      if (random.nextInt(3) == 0) {
        types.add(type);
      }
    }
    if (types.isEmpty()) {
      types.add(MediaType.BANNER);
    }
    List<Deal> deals = some(DEALS, 2).stream().map(deal -> new Deal(deal, 0)).toList();
    return new Impression(
        id,
        types,
        List.copyOf(some(SIZES, 2)),
        random.nextBoolean() ? new Size(0, 0) : new Size(640, 480),
        random.nextInt(20),
        20 + random.nextInt(20),
        0,
        false,
        deals,
        List.of(),
        Double.NaN);
  }
}
