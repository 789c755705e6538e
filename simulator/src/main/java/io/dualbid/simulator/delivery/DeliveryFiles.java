package io.dualbid.simulator.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.delivery.Delivery.Hour;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A delivery as numbers: a row an hour, and one document with everything. */
public final class DeliveryFiles {
  private static final String HEADER =
      "hour,planned,spent,bids,wins,losses,clicks,conversions,value,realised_value,ecpm,cpc,ros,"
          + "realised_ros\n";

  private final Delivery delivery;
  private final NoBids noBids;

  /** Of this delivery. */
  public DeliveryFiles(Delivery delivery, NoBids noBids) {
    this.delivery = delivery;
    this.noBids = noBids;
  }

  /** Hours as rows; what there is no number for is empty. */
  public String csv() {
    StringBuilder rows = new StringBuilder(HEADER);
    for (Hour hour : delivery.hours()) {
      Figures figures = hour.figures();
      rows.append(
          String.join(
              ",",
              List.of(
                  time(hour.start()),
                  cell(hour.planned()),
                  Money.format(figures.spentNanos()),
                  Long.toString(figures.bids()),
                  Long.toString(figures.wins()),
                  Long.toString(figures.losses()),
                  Long.toString(figures.clicks()),
                  Long.toString(figures.conversions()),
                  cell(figures.value()),
                  cell(figures.realisedValue()),
                  cell(figures.costPerThousand()),
                  cell(figures.costPerClick()),
                  cell(figures.returned()),
                  cell(figures.returnedSoFar()))));
      rows.append('\n');
    }
    return rows.toString();
  }

  private static String cell(double number) {
    return Double.isFinite(number) ? Double.toString(number) : "";
  }

  /** A moment in the zone of the flight. */
  String time(long millis) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        Instant.ofEpochMilli(millis).atZone(delivery.zone()));
  }

  /** Everything. */
  public ObjectNode json() {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("schema", 1);
    document.put("command", "report");
    document.put("campaign", delivery.id());
    document.put("from", time(delivery.window().fromMillis()));
    document.put("to", time(delivery.window().toMillis()));
    Campaign campaign = delivery.campaign();
    if (campaign != null) {
      document.put("budget", Money.units(campaign.budgetNanos()));
    }
    put(document, "planned", delivery.planned());
    put(document, "ros_target", delivery.target());
    put(document, delivery.total());
    document.put("reach", delivery.reach());
    document.put("impressions_of_users", delivery.impressionsOfUsers());
    ObjectNode frequency = document.putObject("frequency");
    delivery.frequency().forEach((wins, users) -> frequency.put(Integer.toString(wins), users));
    ObjectNode reasons = document.putObject("no_bids");
    noBids.byReason().forEach(reasons::put);
    moreBudget(document.putObject("more_budget"));
    var hours = document.putArray("hours");
    for (Hour hour : delivery.hours()) {
      ObjectNode node = hours.addObject();
      node.put("hour", time(hour.start()));
      put(node, "planned", hour.planned());
      put(node, hour.figures());
    }
    return document;
  }

  private void moreBudget(ObjectNode node) {
    MoreBudget more = delivery.moreBudget();
    node.put("losses", more.losses());
    node.put("losses_with_price", more.priced());
    var points = node.putArray("points");
    for (MoreBudget.Point point : more.points()) {
      ObjectNode at = points.addObject();
      at.put("more", point.money());
      at.put("spend", point.spent());
      at.put("value", point.value());
    }
  }

  private static void put(ObjectNode node, Figures figures) {
    node.put("spent", figures.spent());
    node.put("bids", figures.bids());
    node.put("wins", figures.wins());
    node.put("losses", figures.losses());
    node.put("clicks", figures.clicks());
    node.put("conversions", figures.conversions());
    node.put("value", figures.value());
    node.put("realised_value", figures.realisedValue());
    put(node, "ecpm", figures.costPerThousand());
    put(node, "cpc", figures.costPerClick());
    put(node, "ros", figures.returned());
    put(node, "realised_ros", figures.returnedSoFar());
  }

  private static void put(ObjectNode node, String key, double number) {
    if (Double.isFinite(number)) {
      node.put(key, number);
    } else {
      node.putNull(key);
    }
  }
}
