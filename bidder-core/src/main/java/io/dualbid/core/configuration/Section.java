package io.dualbid.core.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.model.Money;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mapping within a document, read value by value. A value that is absent gives the default; one
 * that can't be used adds a problem and gives the default too, so that reading goes on and all
 * problems are found.
 */
public final class Section {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");

  private final Document document;
  private final String pointer;
  private final JsonNode node;

  /** The mapping at a JSON pointer; "" is the whole document. */
  public Section(Document document, String pointer) {
    this.document = document;
    this.pointer = pointer;
    this.node = document.root().at(pointer);
  }

  /** A mapping within this one; empty where it is absent. */
  public Section section(String key) {
    return new Section(document, path(key));
  }

  /** The mappings of a list. */
  public List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < node.path(key).size(); i++) {
      sections.add(new Section(document, path(key) + "/" + i));
    }
    return sections;
  }

  /** Whether there is a value. */
  public boolean has(String key) {
    JsonNode value = node.path(key);
    return !value.isMissingNode() && !value.isNull();
  }

  /** Adds a problem with a value of this section. */
  public void problem(String key, String found, String accepted) {
    document.problem(document.value(has(key) ? path(key) : pointer), path(key), found, accepted);
  }

  /** Adds a problem with this section as a whole. */
  public void problem(String found, String accepted) {
    document.problem(document.value(pointer), pointer, found, accepted);
  }

  /** Whether nothing is wrong within this section so far. */
  public boolean isFaultless() {
    return !document.hasProblemWithin(pointer);
  }

  /**
   * Makes a record of what was read, unless something was wrong with it; what the record itself
   * refuses is a problem of this section.
   */
  public <T> @Nullable T make(Supplier<T> record) {
    if (!isFaultless()) {
      return null;
    }
    try {
      return record.get();
    } catch (IllegalArgumentException e) {
      problem("found that " + e.getMessage(), "see there");
      return null;
    }
  }

  /** A text, or a number as it is written. */
  public String text(String key, String otherwise) {
    JsonNode value = node.path(key);
    return value.isTextual() || value.isNumber() ? value.asText() : otherwise;
  }

  /** The same, or null where it is absent. */
  public @Nullable String text(String key) {
    return has(key) ? text(key, "") : null;
  }

  /** True or false. */
  public boolean bool(String key, boolean otherwise) {
    return node.path(key).isBoolean() ? node.path(key).asBoolean() : otherwise;
  }

  /** A whole number. */
  public int integer(String key, int otherwise) {
    JsonNode value = node.path(key);
    return value.isIntegralNumber() && value.canConvertToInt() ? value.asInt() : otherwise;
  }

  /** A number, written as such or as text. */
  public double number(String key, double otherwise) {
    return parsed(key, otherwise, Double::parseDouble, "a number");
  }

  /** A number with all its digits. */
  public BigDecimal decimal(String key, BigDecimal otherwise) {
    return parsed(key, otherwise, BigDecimal::new, "a decimal number");
  }

  /** An amount in account currency, in nanos. */
  public long money(String key, long otherwise) {
    return parsed(
        key, otherwise, Money::parse, "an amount with at most 9 decimals, below 9 billion");
  }

  /** The same, or null where it is absent. */
  public @Nullable Long money(String key) {
    return has(key) ? money(key, 0) : null;
  }

  /** A CPM price, in nanos for one impression. */
  public long cpm(String key, long otherwise) {
    return parsed(
        key,
        otherwise,
        text -> new BigDecimal(text).movePointRight(6).longValueExact(),
        "a CPM price with at most 6 decimals");
  }

  /** A duration such as 250ms, 3s, 5m, 24h or 7d, in milliseconds. */
  public long duration(String key, long otherwise) {
    return parsed(key, otherwise, Section::millis, "a duration such as 250ms, 3s, 5m, 24h or 7d");
  }

  /** A time with an offset, or one of this zone, in milliseconds since the epoch. */
  public long time(String key, ZoneId zone, long otherwise) {
    return parsed(
        key,
        otherwise,
        text -> millis(text, zone),
        "a time such as 2026-01-31T08:00:00Z, or without Z in the zone of the flight");
  }

  /** A time zone. */
  public ZoneId zone(String key, ZoneId otherwise) {
    return parsed(key, otherwise, ZoneId::of, "a zone such as Europe/Paris or UTC");
  }

  /** The texts of a list, in its order. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : node.path(key)) {
      texts.add(item.asText());
    }
    return texts;
  }

  /** The texts of a list, each once. */
  public Set<String> set(String key) {
    return new TreeSet<>(texts(key));
  }

  /** The texts of a mapping. */
  public Map<String, String> map(String key) {
    Map<String, String> map = new TreeMap<>();
    node.path(key).properties().forEach(e -> map.put(e.getKey(), e.getValue().asText()));
    return map;
  }

  /** The numbers of a list. */
  public List<Double> numbers(String key) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode item : node.path(key)) {
      numbers.add(item.asDouble());
    }
    return numbers;
  }

  /** One of a choice that the schema has checked. */
  public <T> T choice(String key, T otherwise, Function<String, T> byLabel) {
    return parsed(key, otherwise, byLabel, "one of the names that the schema lists");
  }

  private <T> T parsed(String key, T otherwise, Function<String, T> parser, String accepted) {
    String text = text(key, "");
    if (text.isEmpty() || document.hasProblemWithin(path(key))) {
      return otherwise;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      problem(key, "found " + SchemaCheck.shown(node.path(key)), accepted);
      return otherwise;
    }
  }

  private static long millis(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    long count = Long.parseLong(matcher.group(1));
    Duration one =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(1);
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          case "h" -> Duration.ofHours(1);
          default -> Duration.ofDays(1);
        };
    return one.multipliedBy(count).toMillis();
  }

  private static long millis(String text, ZoneId zone) {
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      return LocalDateTime.parse(text).atZone(zone).toInstant().toEpochMilli();
    }
  }

  private String path(String key) {
    return pointer + "/" + key;
  }
}
