package io.dualbid.core.configuration;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Daypart;
import io.dualbid.core.model.DeviceType;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.FrequencyCap;
import io.dualbid.core.model.MediaType;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Size;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one campaign, from {@code campaigns.yaml} or from its topic. */
final class CampaignReader {
  private static final Pattern HOURS = Pattern.compile("([0-9]{1,2})-([0-9]{1,2})");

  private CampaignReader() {}

  /** All campaigns of a document; those with problems are left out. */
  static List<Campaign> readAll(Document document) {
    List<Campaign> campaigns = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    for (Section section : new Section(document, "").sections("campaigns")) {
      String id = section.text("id", "");
      Integer first = lines.putIfAbsent(id, lines.size() + 1);
      if (first != null && !id.isEmpty()) {
        section.problem(
            "id",
            "found '" + id + "', which is the id of campaign number " + first + " too",
            "an id of its own for each campaign");
      }
      Campaign campaign = read(section);
      if (campaign != null) {
        campaigns.add(campaign);
      }
    }
    return campaigns;
  }

  /** One campaign, or null where the document's problems tell why not. */
  static @Nullable Campaign read(Section section) {
    Strategy strategy = StrategyReader.read(section);
    Flight flight = flight(section);
    Plan plan = plan(section);
    List<Creative> creatives = creatives(section);
    Targeting targeting = targeting(section.section("targeting"));
    BillingReader.check(section);
    if (!section.isFaultless()
        || strategy == null
        || flight == null
        || plan == null
        || targeting == null) {
      return null;
    }
    PerClick perClick = section.make(() -> BillingReader.perClick(section));
    return section.make(
        () ->
            new Campaign(
                section.text("id", ""),
                section.text("advertiser", "").toLowerCase(Locale.ROOT),
                section.texts("categories"),
                section.choice("status", Status.ACTIVE, CampaignReader::status),
                section.money("budget", 0),
                section.money("daily-budget"),
                flight,
                plan,
                strategy,
                BillingReader.value(section),
                section.number("click-rate", 0.001),
                BillingReader.maxBidNanos(section),
                creatives,
                targeting,
                perClick));
  }

  private static @Nullable Flight flight(Section campaign) {
    Section section = campaign.section("flight");
    ZoneId zone = section.zone("zone", ZoneOffset.UTC);
    long start = section.time("start", zone, 0);
    long end = section.time("end", zone, Flight.OPEN_END);
    if (end <= start) {
      section.problem("end", "found an end before the start", "a time after the start");
    }
    if (end == Flight.OPEN_END && campaign.has("flight") && !campaign.has("daily-budget")) {
      section.problem("end", "found no 'end'", "an end of the flight, or a daily-budget");
    }
    return section.make(() -> new Flight(start, end, zone));
  }

  private static @Nullable Plan plan(Section campaign) {
    Plan.Shape shape = campaign.choice("plan", Plan.Shape.EVEN, CampaignReader::shape);
    List<Double> profile = campaign.numbers("traffic");
    if (shape == Plan.Shape.TRAFFIC && profile.isEmpty()) {
      campaign.problem("plan", "found 'traffic' without a profile", "a list 'traffic' beside it");
    }
    if (shape != Plan.Shape.TRAFFIC && !profile.isEmpty()) {
      campaign.problem("traffic", "found a profile without use", "'plan: traffic' beside it");
    }
    if (!profile.isEmpty() && profile.stream().allMatch(weight -> weight == 0)) {
      campaign.problem("traffic", "found only 0", "at least one hour with traffic");
    }
    return campaign.isFaultless() ? campaign.make(() -> new Plan(shape, profile)) : null;
  }

  private static List<Creative> creatives(Section campaign) {
    List<Creative> creatives = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Section section : campaign.sections("creatives")) {
      MediaType type = section.choice("type", MediaType.BANNER, CampaignReader::mediaType);
      boolean timed = type == MediaType.VIDEO || type == MediaType.AUDIO;
      if (type == MediaType.BANNER && !section.has("size")) {
        section.problem("size", "found a banner without a size", "a size such as 300x250");
      }
      if (timed && !section.has("duration")) {
        section.problem(
            "duration",
            "found a " + label(type) + " creative without a duration",
            "a duration such as 15s");
      }
      if (!ids.add(section.text("id", ""))) {
        section.problem(
            "id",
            "found '" + section.text("id", "") + "' again",
            "an id of its own for each creative of a campaign");
      }
      Creative creative =
          section.make(
              () ->
                  new Creative(
                      section.text("id", ""),
                      type,
                      section.choice("size", new Size(0, 0), CampaignReader::size),
                      (int) (section.duration("duration", 0) / 1000),
                      section.texts("attributes").stream().map(Integer::valueOf).toList()));
      if (creative != null) {
        creatives.add(creative);
      }
    }
    return creatives;
  }

  private static @Nullable Targeting targeting(Section section) {
    Section domains = section.section("domains");
    Section segments = section.section("segments");
    Section frequency = section.section("frequency");
    Set<DeviceType> devices = EnumSet.noneOf(DeviceType.class);
    for (DeviceType type : DeviceType.values()) {
      if (section.texts("devices").contains(type.label())) {
        devices.add(type);
      }
    }
    List<Daypart> dayparts = new ArrayList<>();
    for (Section part : section.sections("dayparts")) {
      Daypart daypart = daypart(part);
      if (daypart != null) {
        dayparts.add(daypart);
      }
    }
    return section.make(
        () ->
            new Targeting(
                section.set("countries"),
                section.set("regions"),
                lower(domains.set("include")),
                lower(domains.set("exclude")),
                devices,
                segments.set("any-of"),
                segments.set("none-of"),
                section.set("deals"),
                dayparts,
                section.has("frequency")
                    ? new FrequencyCap(
                        frequency.integer("impressions", 1), frequency.duration("per", 86_400_000))
                    : null));
  }

  private static Set<String> lower(Set<String> names) {
    Set<String> lower = new HashSet<>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    return lower;
  }

  private static @Nullable Daypart daypart(Section section) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (section.texts("days").contains(shortName(day))) {
        days.add(day);
      }
    }
    String hours = section.text("hours", "0-24");
    Matcher span = HOURS.matcher(hours);
    if (!span.matches()) {
      section.problem("hours", "found '" + hours + "'", "hours of one day such as 9-17");
      return null;
    }
    int from = Integer.parseInt(span.group(1));
    int to = Integer.parseInt(span.group(2));
    if (from >= to || to > 24) {
      section.problem(
          "hours",
          "found '" + hours + "'",
          "hours of one day such as 9-17, the first below the last, at most 24");
    }
    return section.make(
        () -> new Daypart(days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days, from, to));
  }

  /** mon, tue, … */
  static String shortName(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  /** A constant of an enum as it is written in files. */
  static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name of a constant that is written so in files. */
  static String constant(String label) {
    return label.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static Status status(String label) {
    return Status.valueOf(constant(label));
  }

  private static Plan.Shape shape(String label) {
    return Plan.Shape.valueOf(constant(label));
  }

  private static MediaType mediaType(String label) {
    return MediaType.valueOf(constant(label));
  }

  private static Size size(String text) {
    int cross = text.indexOf('x');
    if (cross < 1) {
      throw new IllegalArgumentException(text);
    }
    return new Size(
        Integer.parseInt(text.substring(0, cross)), Integer.parseInt(text.substring(cross + 1)));
  }
}
