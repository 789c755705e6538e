package io.dualbid.core.targeting;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.DeviceType;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.Size;
import io.dualbid.core.model.Targeting;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The targeting of one campaign, made ready for matching: the tokens under which it is filed, and
 * the whole condition, which decides.
 */
final class CampaignMatcher {
  /** No creative fits. */
  static final int NONE = -1;

  private final Creative[] creatives;
  private final NameSet countries;
  private final NameSet regions;
  private final NameSet included;
  private final NameSet excluded;
  private final NameSet anySegments;
  private final NameSet noSegments;
  private final NameSet deals;
  private final long devices;
  private final List<long[]> tokens = new ArrayList<>(Dimension.COUNT);

  /**
   * Makes a campaign ready.
   *
   * @param sets shares sets of names between campaigns
   */
  CampaignMatcher(Campaign campaign, NameSetPool sets) {
    Targeting targeting = campaign.targeting();
    creatives = campaign.creatives().toArray(new Creative[0]);
    countries = sets.of(targeting.countries());
    regions = sets.of(targeting.regions());
    included = sets.of(targeting.includedDomains());
    excluded = sets.of(targeting.excludedDomains());
    anySegments = sets.of(targeting.anySegments());
    noSegments = sets.of(targeting.noSegments());
    deals = sets.of(targeting.deals());
    long bits = 0;
    for (DeviceType device : targeting.devices()) {
      bits |= 1L << device.code();
    }
    devices = bits;
    for (Dimension dimension : Dimension.values()) {
      tokens.add(tokens(dimension, targeting));
    }
  }

  /** The tokens of a dimension; none where the campaign asks for nothing in it. */
  long[] tokens(Dimension dimension) {
    return tokens(dimension.place());
  }

  /** The same by the place of the dimension. */
  long[] tokens(int dimension) {
    return tokens.get(dimension);
  }

  private long[] tokens(Dimension dimension, Targeting targeting) {
    return switch (dimension) {
      case DEAL -> hashes(targeting.deals());
      case PLACE -> hashes(targeting.includedDomains());
      case SEGMENT -> hashes(targeting.anySegments());
      case GEO -> {
        Set<String> all = new LinkedHashSet<>(targeting.countries());
        all.addAll(targeting.regions());
        yield hashes(all);
      }
      case SHAPE -> shapes();
      case DEVICE -> targeting.devices().stream().mapToLong(DeviceType::code).sorted().toArray();
    };
  }

  private static long[] hashes(Set<String> names) {
    return names.stream().mapToLong(name -> NameSet.hash(name, 0)).sorted().toArray();
  }

  private long[] shapes() {
    Set<Long> shapes = new LinkedHashSet<>();
    for (Creative creative : creatives) {
      switch (creative.type()) {
        case BANNER -> {
          shapes.add(Shape.banner(creative.size()));
          shapes.add(Shape.ANY_BANNER);
        }
        case VIDEO -> shapes.add(Shape.VIDEO);
        case NATIVE -> shapes.add(Shape.NATIVE);
        case AUDIO -> shapes.add(Shape.AUDIO);
      }
    }
    return shapes.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /** The first creative that fits where all that is targeted is met, or {@link #NONE}. */
  int match(RequestView request, Impression impression) {
    boolean anywhere = countries.isEmpty() && regions.isEmpty();
    boolean targeted =
        (anywhere || request.country.intersects(countries) || request.region.intersects(regions))
            && (included.isEmpty() || request.places.intersects(included))
            && !request.places.intersects(excluded)
            && (devices == 0 || (devices & request.deviceBit) != 0)
            && (anySegments.isEmpty() || request.segments.intersects(anySegments))
            && !request.segments.intersects(noSegments)
            && (deals.isEmpty() || request.deals.intersects(deals));
    if (!targeted) {
      return NONE;
    }
    for (int i = 0; i < creatives.length; i++) {
      if (fits(creatives[i], impression)) {
        return i;
      }
    }
    return NONE;
  }

  /**
   * The first condition that is not met, in the words of {@code campaigns.yaml}, or null where
   * {@link #match} finds a creative. For people; it costs more than matching.
   */
  @Nullable String unmet(RequestView request, Impression impression) {
    boolean anywhere = countries.isEmpty() && regions.isEmpty();
    if (!anywhere
        && !request.country.intersects(countries)
        && !request.region.intersects(regions)) {
      return "countries or regions";
    }
    if (!included.isEmpty() && !request.places.intersects(included)) {
      return "domains.include";
    }
    if (request.places.intersects(excluded)) {
      return "domains.exclude";
    }
    if (devices != 0 && (devices & request.deviceBit) == 0) {
      return "devices";
    }
    if (!anySegments.isEmpty() && !request.segments.intersects(anySegments)) {
      return "segments.any-of";
    }
    if (request.segments.intersects(noSegments)) {
      return "segments.none-of";
    }
    if (!deals.isEmpty() && !request.deals.intersects(deals)) {
      return "deals";
    }
    return match(request, impression) == NONE ? "creatives" : null;
  }

  /** Whether an impression takes a creative, its blocked attributes aside. */
  static boolean fits(Creative creative, Impression impression) {
    if (!impression.types().contains(creative.type())) {
      return false;
    }
    return switch (creative.type()) {
      case BANNER -> impression.sizes().isEmpty() || impression.sizes().contains(creative.size());
      case VIDEO -> lasts(creative, impression) && fitsPlayer(creative.size(), impression);
      case AUDIO -> lasts(creative, impression);
      case NATIVE -> true;
    };
  }

  private static boolean lasts(Creative creative, Impression impression) {
    return creative.durationSeconds() >= impression.minDurationSeconds()
        && creative.durationSeconds() <= impression.maxDurationSeconds();
  }

  private static boolean fitsPlayer(Size size, Impression impression) {
    Size player = impression.videoSize();
    return size.width() == 0 || player.width() == 0 || size.equals(player);
  }
}
