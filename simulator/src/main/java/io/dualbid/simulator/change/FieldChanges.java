package io.dualbid.simulator.change;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.FrequencyCap;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What two definitions of a campaign say differently, field by field, but for the budget. */
final class FieldChanges {
  private static final String NONE = "none";

  private final List<String> words = new ArrayList<>();

  private FieldChanges() {}

  /** The changes in words, in the order of the file's fields. */
  static List<String> between(Campaign old, Campaign now) {
    FieldChanges changes = new FieldChanges();
    changes.compare("advertiser", old.advertiserDomain(), now.advertiserDomain());
    changes.items("categories", old.categories(), now.categories());
    changes.compare("status", word(old.status()), word(now.status()));
    changes.compare("daily budget", money(old.dailyBudgetNanos()), money(now.dailyBudgetNanos()));
    changes.flight(old.flight(), now.flight());
    changes.compare("plan", word(old.plan().shape()), word(now.plan().shape()));
    if (old.plan().shape() == now.plan().shape()
        && !old.plan().weeklyProfile().equals(now.plan().weeklyProfile())) {
      changes.words.add("another expected traffic of the week");
    }
    changes.strategy(old.strategy(), now.strategy());
    changes.compare("value of a click", number(old.valuePerClick()), number(now.valuePerClick()));
    changes.compare("click rate", number(old.clickRate()), number(now.clickRate()));
    changes.compare("highest bid", cpm(old.maxBidNanos()), cpm(now.maxBidNanos()));
    changes.compare("billing", billing(old.perClick()), billing(now.perClick()));
    changes.creatives(old.creatives(), now.creatives());
    changes.targeting(old.targeting(), now.targeting());
    return changes.words;
  }

  private void flight(Flight old, Flight now) {
    compare("start", time(old, old.startMillis()), time(now, now.startMillis()));
    compare("end", time(old, old.endMillis()), time(now, now.endMillis()));
    compare("zone", old.zone().toString(), now.zone().toString());
  }

  private void strategy(Strategy old, Strategy now) {
    compare("objective", word(old.objective()), word(now.objective()));
    compare("constraint", word(old.constraint()), word(now.constraint()));
    if (old.keepsRos() || now.keepsRos()) {
      compare("target for the return on spend", target(old), target(now));
    }
    if (old.strict() != now.strict()) {
      words.add(
          now.strict()
              ? "the return is kept at every moment, not only in the end"
              : "the return is kept in the end, not at every moment");
    }
    compare("method", word(old.method()), word(now.method()));
    compare("mirror map", word(old.mirror()), word(now.mirror()));
    compare("step", step(old.step()), step(now.step()));
    compare("start multiplier", number(old.startMultiplier()), number(now.startMultiplier()));
    compare("auction", word(old.auction()), word(now.auction()));
    if (!old.attribution().equals(now.attribution())) {
      words.add("attribution " + old.attribution() + " -> " + now.attribution());
    }
    if (!Objects.equals(old.linearPrice(), now.linearPrice())) {
      words.add("linear price " + old.linearPrice() + " -> " + now.linearPrice());
    }
  }

  private void creatives(List<Creative> old, List<Creative> now) {
    Map<String, Creative> before = byId(old);
    Map<String, Creative> after = byId(now);
    items("creatives", before.keySet(), after.keySet());
    after.forEach(
        (id, creative) -> {
          Creative other = before.get(id);
          if (other != null && !other.equals(creative)) {
            words.add("creative " + id + " is another: " + what(other) + " -> " + what(creative));
          }
        });
  }

  private static Map<String, Creative> byId(List<Creative> creatives) {
    Map<String, Creative> byId = new LinkedHashMap<>();
    creatives.forEach(creative -> byId.put(creative.id(), creative));
    return byId;
  }

  private static String what(Creative creative) {
    return word(creative.type())
        + " "
        + creative.size().width()
        + "x"
        + creative.size().height()
        + (creative.durationSeconds() > 0 ? " " + creative.durationSeconds() + " s" : "")
        + (creative.attributes().isEmpty() ? "" : " attributes " + creative.attributes());
  }

  private void targeting(Targeting old, Targeting now) {
    items("countries", old.countries(), now.countries());
    items("regions", old.regions(), now.regions());
    items("domains", old.includedDomains(), now.includedDomains());
    items("excluded domains", old.excludedDomains(), now.excludedDomains());
    items("devices", words(old.devices()), words(now.devices()));
    items("segments", old.anySegments(), now.anySegments());
    items("excluded segments", old.noSegments(), now.noSegments());
    items("deals", old.deals(), now.deals());
    if (!old.dayparts().equals(now.dayparts())) {
      words.add("other dayparts: " + old.dayparts().size() + " -> " + now.dayparts().size());
    }
    compare("frequency cap", cap(old.frequencyCap()), cap(now.frequencyCap()));
  }

  private void compare(String field, String old, String now) {
    if (!old.equals(now)) {
      words.add(field + " " + old + " -> " + now);
    }
  }

  /** Sets of which an empty one asks for nothing. */
  private void items(String field, Collection<String> old, Collection<String> now) {
    List<String> moves = new ArrayList<>();
    for (String item : new TreeSet<>(now)) {
      if (!old.contains(item)) {
        moves.add("+" + item);
      }
    }
    for (String item : new TreeSet<>(old)) {
      if (!now.contains(item)) {
        moves.add("-" + item);
      }
    }
    if (!moves.isEmpty()) {
      words.add(field + " " + String.join(" ", moves) + (now.isEmpty() ? " (now any)" : ""));
    }
  }

  private static List<String> words(Collection<? extends Enum<?>> values) {
    return values.stream().map(FieldChanges::word).toList();
  }

  /** A constant as the files write it. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String target(Strategy strategy) {
    return strategy.keepsRos() ? number(strategy.targetRos()) : NONE;
  }

  private static String step(Strategy.Step step) {
    return word(step.kind()) + (step.size() > 0 ? " " + number(step.size()) : "");
  }

  private static String billing(@Nullable PerClick perClick) {
    return perClick == null ? "cpm" : "cpc at " + money(perClick.priceNanos());
  }

  private static String cap(@Nullable FrequencyCap cap) {
    return cap == null ? NONE : cap.toString();
  }

  /** A time in the flight's own zone. */
  static String time(Flight flight, long millis) {
    return millis == Flight.OPEN_END
        ? NONE
        : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
            Instant.ofEpochMilli(millis).atZone(flight.zone()));
  }

  static String money(@Nullable Long nanos) {
    return nanos == null ? NONE : String.format(Locale.ROOT, "%,.2f", Money.units(nanos));
  }

  private static String cpm(long nanos) {
    return number(1_000 * Money.units(nanos)) + " CPM";
  }

  /** At most five digits, none of them idle. */
  static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? String.format(Locale.ROOT, "%.0f", number)
        : String.format(Locale.ROOT, "%.5g", number).replaceAll("(\\.\\d*?)0+$", "$1");
  }
}
