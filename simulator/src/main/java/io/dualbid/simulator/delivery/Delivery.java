package io.dualbid.simulator.delivery;

import io.dualbid.core.model.Campaign;
import io.dualbid.simulator.audit.CampaignFold;
import io.dualbid.simulator.audit.JournalEntry;
import io.dualbid.simulator.audit.JournalEntry.Kind;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a campaign was delivered within a window, from the same fold of the journal that the audit
 * holds against the published ledgers, so that its sums are the audit's.
 *
 * <p>The plan is that of the definition in force at the end of the journal: where it was changed in
 * flight, hours before the change are held against a plan that they didn't have.
 */
public final class Delivery {
  private static final long HOUR_MILLIS = 3_600_000;

  private final String id;
  private final @Nullable Campaign campaign;
  private final Window window;
  private final Figures total = new Figures();
  private final List<Hour> hours = new ArrayList<>();
  private final Map<Long, Integer> winsByUser = new HashMap<>();
  private final MoreBudget moreBudget;

  /**
   * One hour of the flight's zone, or what of it lies within the window.
   *
   * @param start its beginning, in ms since the epoch
   * @param figures what happened in it
   * @param planned what was to be spent in it, in account currency; NaN without a definition
   */
  public record Hour(long start, Figures figures, double planned) {}

  private Delivery(CampaignFold fold, Window window) {
    id = fold.id();
    campaign = fold.campaign();
    this.window = window;
    List<JournalEntry> entries =
        fold.entries().stream().filter(entry -> window.covers(entry.timeMillis())).toList();
    Map<Long, Figures> byHour = new HashMap<>();
    for (JournalEntry entry : entries) {
      total.add(entry);
      byHour.computeIfAbsent(hour(entry.timeMillis()), start -> new Figures()).add(entry);
      Long user = entry.userKey();
      if (entry.kind() == Kind.WIN && user != null) {
        winsByUser.merge(user, 1, Integer::sum);
      }
    }
    layOut(byHour);
    moreBudget =
        campaign == null ? MoreBudget.UNKNOWN : MoreBudget.of(campaign, entries, total.spent());
  }

  /** The delivery of a campaign. */
  public static Delivery of(CampaignFold fold, Window window) {
    return new Delivery(fold, window);
  }

  private void layOut(Map<Long, Figures> byHour) {
    HourlyPlan plan = campaign == null ? null : new HourlyPlan(campaign);
    long start = hour(window.fromMillis());
    while (start < window.toMillis()) {
      long end = nextHour(start);
      double planned =
          plan == null
              ? Double.NaN
              : plan.planned(
                  Math.max(start, window.fromMillis()), Math.min(end, window.toMillis()));
      hours.add(new Hour(start, byHour.getOrDefault(start, new Figures()), planned));
      start = end;
    }
  }

  private long hour(long timeMillis) {
    return Instant.ofEpochMilli(timeMillis)
        .atZone(zone())
        .truncatedTo(ChronoUnit.HOURS)
        .toInstant()
        .toEpochMilli();
  }

  /** Where clocks go by half an hour, hours of other lengths come between whole ones. */
  private long nextHour(long start) {
    long later = start + HOUR_MILLIS;
    long next = hour(later);
    return next > start ? next : later;
  }

  /** The zone of the flight. */
  public ZoneId zone() {
    return campaign == null ? ZoneOffset.UTC : campaign.flight().zone();
  }

  /** The campaign's id. */
  public String id() {
    return id;
  }

  /** The definition in force at the end, or null where the journal holds none. */
  public @Nullable Campaign campaign() {
    return campaign;
  }

  /** The time that this is about. */
  public Window window() {
    return window;
  }

  /** All hours together. */
  public Figures total() {
    return total;
  }

  /** All hours of the window, in order. */
  public List<Hour> hours() {
    return List.copyOf(hours);
  }

  /** What was to be spent in all hours, in account currency; NaN without a definition. */
  public double planned() {
    return hours.stream().mapToDouble(Hour::planned).sum();
  }

  /** The target for the return on spend; NaN where none is kept. */
  public double target() {
    return campaign != null && campaign.strategy().keepsRos()
        ? campaign.strategy().targetRos()
        : Double.NaN;
  }

  /** Users who saw an impression, of those impressions that tell their user. */
  public long reach() {
    return winsByUser.size();
  }

  /** Impressions that tell their user. */
  public long impressionsOfUsers() {
    return winsByUser.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** How many users saw so many impressions. */
  public SortedMap<Integer, Long> frequency() {
    SortedMap<Integer, Long> users = new TreeMap<>();
    winsByUser.values().forEach(wins -> users.merge(wins, 1L, Long::sum));
    return users;
  }

  /** What more budget would have bought. */
  public MoreBudget moreBudget() {
    return moreBudget;
  }
}
