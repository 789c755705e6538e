package io.dualbid.core.configuration;

import static io.dualbid.core.configuration.CampaignReader.label;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.model.Attribution;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Daypart;
import io.dualbid.core.model.DeviceType;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.FrequencyCap;
import io.dualbid.core.model.MediaType;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeSet;

/**
 * Writes a campaign as its topic holds it: the keys of {@code campaigns.yaml} in JSON. What {@link
 * CampaignReader} reads back equals what was written.
 */
final class CampaignWriter {
  private CampaignWriter() {}

  static ObjectNode write(Campaign campaign) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", campaign.id());
    json.put("advertiser", campaign.advertiserDomain());
    list(json, "categories", campaign.categories());
    json.put("status", label(campaign.status()));
    json.put("budget", Money.format(campaign.budgetNanos()));
    Long daily = campaign.dailyBudgetNanos();
    if (daily != null) {
      json.put("daily-budget", Money.format(daily));
    }
    Flight flight = campaign.flight();
    ObjectNode times = json.putObject("flight");
    times.put("start", Instant.ofEpochMilli(flight.startMillis()).toString());
    if (flight.ends()) {
      times.put("end", Instant.ofEpochMilli(flight.endMillis()).toString());
    }
    times.put("zone", flight.zone().getId());
    Plan plan = campaign.plan();
    json.put("plan", label(plan.shape()));
    if (!plan.weeklyProfile().isEmpty()) {
      ArrayNode profile = json.putArray("traffic");
      plan.weeklyProfile().forEach(profile::add);
    }
    strategy(json, campaign.strategy());
    PerClick perClick = campaign.perClick();
    if (perClick != null) {
      json.put("billing", "cpc");
      json.put("price-per-click", Money.format(perClick.priceNanos()));
      json.put("attribution-window", perClick.windowMillis() + "ms");
    }
    json.put("value-per-click", campaign.valuePerClick());
    json.put("click-rate", campaign.clickRate());
    json.put("max-bid-cpm", Money.cpm(campaign.maxBidNanos()).stripTrailingZeros().toPlainString());
    ArrayNode creatives = json.putArray("creatives");
    campaign.creatives().forEach(creative -> creatives.add(creative(creative)));
    if (!campaign.targeting().equals(Targeting.ANY)) {
      json.set("targeting", targeting(campaign.targeting()));
    }
    return json;
  }

  private static void strategy(ObjectNode json, Strategy strategy) {
    json.put("objective", label(strategy.objective()));
    json.put("constraint", label(strategy.constraint()));
    if (strategy.keepsRos()) {
      json.put("target-ros", strategy.targetRos());
      json.put("strict", strategy.strict());
    }
    json.put("method", label(strategy.method()));
    json.put("mirror", label(strategy.mirror()));
    ObjectNode step = json.putObject("step");
    step.put("kind", label(strategy.step().kind()));
    if (strategy.step().size() != Strategy.Step.DEFAULT_SIZE) {
      step.put("size", strategy.step().size());
    }
    Strategy.LinearPrice linear = strategy.linearPrice();
    if (linear == null) {
      json.put("start-multiplier", strategy.startMultiplier());
    } else if (strategy.method() == Strategy.Method.LIN) {
      json.put("base-bid-cpm", Money.cpm(Math.round(linear.price() * 1e9)).toPlainString());
      json.put("mean-click-rate", linear.clickRate());
    } else {
      json.put("cost-per-click", Money.format(Math.round(linear.price() * 1e9)));
    }
    Attribution attribution = strategy.attribution();
    if (!attribution.equals(Attribution.NONE)) {
      json.putObject("attribution")
          .put("window", attribution.windowMillis() + "ms")
          .put("calibrate", attribution.calibrated());
    }
    json.put("auction", label(strategy.auction()));
  }

  private static ObjectNode creative(Creative creative) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", creative.id());
    json.put("type", label(creative.type()));
    if (creative.type() == MediaType.BANNER || creative.size().width() > 0) {
      json.put("size", creative.size().toString());
    }
    if (creative.durationSeconds() > 0) {
      json.put("duration", creative.durationSeconds() + "s");
    }
    if (!creative.attributes().isEmpty()) {
      ArrayNode attributes = json.putArray("attributes");
      creative.attributes().forEach(attributes::add);
    }
    return json;
  }

  private static ObjectNode targeting(Targeting targeting) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    list(json, "countries", new TreeSet<>(targeting.countries()));
    list(json, "regions", new TreeSet<>(targeting.regions()));
    ObjectNode domains = JsonNodeFactory.instance.objectNode();
    list(domains, "include", new TreeSet<>(targeting.includedDomains()));
    list(domains, "exclude", new TreeSet<>(targeting.excludedDomains()));
    object(json, "domains", domains);
    list(
        json,
        "devices",
        new TreeSet<>(targeting.devices()).stream().map(DeviceType::label).toList());
    ObjectNode segments = JsonNodeFactory.instance.objectNode();
    list(segments, "any-of", new TreeSet<>(targeting.anySegments()));
    list(segments, "none-of", new TreeSet<>(targeting.noSegments()));
    object(json, "segments", segments);
    list(json, "deals", new TreeSet<>(targeting.deals()));
    ArrayNode dayparts = JsonNodeFactory.instance.arrayNode();
    targeting.dayparts().forEach(part -> dayparts.add(daypart(part)));
    if (!dayparts.isEmpty()) {
      json.set("dayparts", dayparts);
    }
    FrequencyCap cap = targeting.frequencyCap();
    if (cap != null) {
      json.putObject("frequency")
          .put("impressions", cap.impressions())
          .put("per", cap.windowMillis() + "ms");
    }
    return json;
  }

  private static ObjectNode daypart(Daypart part) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode days = json.putArray("days");
    for (DayOfWeek day : new TreeSet<>(part.days())) {
      days.add(CampaignReader.shortName(day));
    }
    json.put("hours", part.fromHour() + "-" + part.toHour());
    return json;
  }

  private static void list(ObjectNode json, String key, Collection<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode array = json.putArray(key);
      texts.forEach(array::add);
    }
  }

  private static void object(ObjectNode json, String key, ObjectNode value) {
    if (!value.isEmpty()) {
      json.set(key, value);
    }
  }
}
