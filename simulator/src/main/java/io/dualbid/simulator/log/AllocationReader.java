package io.dualbid.simulator.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The arrivals of one allocation log, a JSON object a line, by Jackson. Lines of capacities come
 * before the first arrival. Fields that are not known are passed over. Not thread safe.
 */
final class AllocationReader implements Closeable {
  private static final String ARRIVAL =
      "{\"t\": 1, \"options\": [{\"campaign\", \"reward\", \"consumption\"}]}";

  private final JsonFactory json =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private final Words words = new Words();
  private final Path file;
  private final Capacities capacities;
  private final LineReader lines;
  private String line = "";
  private boolean arrived;

  AllocationReader(Path file, Capacities capacities) throws IOException {
    this.file = file;
    this.capacities = capacities;
    this.lines = new LineReader(file);
  }

  /**
   * Reads the next arrival.
   *
   * @return false at the end
   * @throws UnreadableRow if this line can't be read; the next one may be
   * @throws IOException if the file can't be
   */
  boolean next(AllocationRow row) throws IOException, UnreadableRow {
    while (true) {
      String next = lines.next();
      if (next == null) {
        return false;
      }
      line = lines.number() == 1 && next.startsWith("\uFEFF") ? next.substring(1) : next;
      row.clear(lines.number());
      if (!line.isBlank() && isArrival(row)) {
        arrived = true;
        return true;
      }
    }
  }

  private boolean isArrival(AllocationRow row) throws IOException, UnreadableRow {
    try (JsonParser parser = json.createParser(line)) {
      return read(parser, row);
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw unreadable(column, "no JSON (" + e.getOriginalMessage() + ")", "an object");
    }
  }

  private boolean read(JsonParser parser, AllocationRow row) throws IOException, UnreadableRow {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw unreadable(1, UnreadableRow.quoted(line), "an object");
    }
    boolean arrival = false;
    boolean capacity = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("options") && value == JsonToken.START_ARRAY) {
        arrival = true;
        options(parser, row);
      } else if (name.equals("capacity") && value == JsonToken.START_OBJECT && !arrived) {
        capacity = true;
        capacities(parser);
      } else if (name.equals("t") && value != JsonToken.VALUE_NULL) {
        row.time(time(parser, value));
      } else {
        parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      throw unreadable(
          parser.currentTokenLocation().getColumnNr(), "more after the object", "one a line");
    }
    if (arrival == capacity) {
      throw unreadable(
          1,
          arrival
              ? "options and capacities on one line"
              : "neither a list 'options' nor, before all arrivals, an object 'capacity'",
          ARRIVAL);
    }
    return arrival;
  }

  private double time(JsonParser parser, JsonToken value) throws IOException, UnreadableRow {
    if (value.isNumeric()) {
      return number(parser, value, "t");
    }
    try {
      return OffsetDateTime.parse(parser.getText()).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw unreadable(
          keyOf(parser, "t"),
          "the time " + UnreadableRow.quoted(parser.getText()),
          "a number, or ISO-8601 with its zone such as 2026-01-31T12:00:00Z");
    }
  }

  private void options(JsonParser parser, AllocationRow row) throws IOException, UnreadableRow {
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token != JsonToken.START_OBJECT) {
        throw unreadable(
            parser.currentTokenLocation().getColumnNr(),
            "the option " + UnreadableRow.quoted(parser.getText()),
            "an object with campaign, reward and consumption");
      }
      option(parser, row);
    }
  }

  private void option(JsonParser parser, AllocationRow row) throws IOException, UnreadableRow {
    int column = parser.currentTokenLocation().getColumnNr();
    row.option();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "campaign" -> row.campaign(word(parser, value));
        case "reward" -> row.reward(number(parser, value, name));
        case "success_probability" -> row.probability(probability(parser, value));
        case "consumption" -> consumption(parser, value, row);
        default -> parser.skipChildren();
      }
    }
    int own = row.options() - 1;
    if (row.campaign(own).isEmpty()) {
      throw unreadable(column, "an option without a campaign", "its id, as text");
    }
    if (Double.isNaN(row.reward(own))) {
      throw unreadable(column, "an option without a reward", "a finite number");
    }
  }

  private String word(JsonParser parser, JsonToken value) throws IOException, UnreadableRow {
    if (value != JsonToken.VALUE_STRING || parser.getTextLength() == 0) {
      throw unreadable(
          keyOf(parser, "campaign"),
          "the campaign " + UnreadableRow.quoted(parser.getText()),
          "its id, as text");
    }
    int from = parser.getTextOffset();
    return words.of(parser.getTextCharacters(), from, from + parser.getTextLength());
  }

  private double probability(JsonParser parser, JsonToken value) throws IOException, UnreadableRow {
    double probability = number(parser, value, "success_probability");
    if (!(probability >= 0 && probability <= 1)) {
      throw unreadable(
          keyOf(parser, "success_probability"), "the probability " + probability, "0 to 1");
    }
    return probability;
  }

  private void consumption(JsonParser parser, JsonToken value, AllocationRow row)
      throws IOException, UnreadableRow {
    if (value == JsonToken.VALUE_NULL) {
      return;
    }
    if (value != JsonToken.START_OBJECT) {
      throw unreadable(
          keyOf(parser, "consumption"),
          "the consumption " + UnreadableRow.quoted(parser.getText()),
          "an object of amounts by resource");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String resource = parser.currentName();
      row.consumes(resource, amount(parser, parser.nextToken(), resource));
    }
  }

  private double amount(JsonParser parser, JsonToken value, String name)
      throws IOException, UnreadableRow {
    double amount = number(parser, value, name);
    if (!(amount >= 0)) {
      throw unreadable(keyOf(parser, name), "the amount " + amount + " of " + name, "one from 0");
    }
    return amount;
  }

  private double number(JsonParser parser, JsonToken value, String name)
      throws IOException, UnreadableRow {
    double number = value.isNumeric() ? parser.getDoubleValue() : Double.NaN;
    if (!Double.isFinite(number)) {
      throw unreadable(
          keyOf(parser, name),
          "'" + name + "' " + UnreadableRow.quoted(parser.getText()),
          "a finite number");
    }
    return number;
  }

  private void capacities(JsonParser parser) throws IOException, UnreadableRow {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value != JsonToken.START_OBJECT) {
        capacity(parser, value, null, name);
        continue;
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String resource = parser.currentName();
        capacity(parser, parser.nextToken(), name, resource);
      }
    }
  }

  private void capacity(
      JsonParser parser, JsonToken value, @Nullable String campaign, String resource)
      throws IOException, UnreadableRow {
    if (!capacities.add(campaign, resource, amount(parser, value, resource))) {
      throw unreadable(
          keyOf(parser, resource),
          "a second capacity of " + (campaign == null ? "" : campaign + ".") + resource,
          "one, or the same again");
    }
  }

  /** Where the key of the value at hand stands. */
  private int keyOf(JsonParser parser, String key) {
    int value = parser.currentTokenLocation().getColumnNr();
    return Math.max(0, line.lastIndexOf('"' + key + '"', value - 1)) + 1;
  }

  UnreadableRow unreadable(int column, String found, String accepted) {
    return new UnreadableRow(file, lines.number(), column, found, accepted, line);
  }

  /** Where a key stands on the line that was read last, or 1. */
  int position(String key) {
    return Math.max(0, line.indexOf('"' + key + '"')) + 1;
  }

  long bytesRead() {
    return lines.bytesRead();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
