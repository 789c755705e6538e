package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.hindsight.AllocationLp;
import io.dualbid.simulator.hindsight.AllocationOptimum;
import io.dualbid.simulator.hindsight.AllocationProblem;
import io.dualbid.simulator.hindsight.DualDescent;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.AuctionTape;
import io.dualbid.simulator.log.SkippedRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Several campaigns on one log: each arrival goes to at most one of them. */
final class SharedHindsight {
  private static final String BUDGET = ".budget";
  private static final String SPEND = ".spend";
  private static final String RETURN = ".ros";

  private final AllocationProblem problem;
  private final long skippedRows;
  private final List<String> names;
  private final AllocationOptimum optimum;
  private final boolean exact;

  private SharedHindsight(AllocationProblem problem, long skippedRows, Console console) {
    this.skippedRows = skippedRows;
    this.problem = problem;
    this.names = problem.rows();
    exact = problem.options() <= AllocationLp.MOST_OPTIONS;
    console.say(
        (exact ? "solving the linear program" : "descending on the dual")
            + " of "
            + problem.options()
            + " options for "
            + problem.arrivals()
            + " arrivals under "
            + names.size()
            + " constraints");
    optimum = exact ? AllocationLp.solve(problem) : DualDescent.solve(problem);
  }

  /** An allocation log; budgets of campaigns, where given, are added to its capacities. */
  static SharedHindsight ofArrivals(LogOptions log, @Nullable Path yaml, Console console)
      throws IOException {
    SkippedRows skipped = log.skipped(null);
    AllocationProblem problem = new AllocationInput(log, yaml).problem(skipped);
    return new SharedHindsight(problem, skipped == null ? 0 : skipped.count(), console);
  }

  /**
   * A log of auctions in each of which at most one of the campaigns wins, at the competing price.
   *
   * @param budgeted whether budgets bind
   * @param target least return on spend of each campaign; 0 for none
   */
  static SharedHindsight ofAuctions(
      LogOptions log, Path yaml, boolean budgeted, double target, Console console)
      throws IOException {
    List<Campaign> campaigns = LogCampaigns.payingForImpressions(yaml, LogCampaigns.active(yaml));
    Set<String> ids = campaigns.stream().map(Campaign::id).collect(Collectors.toSet());
    SkippedRows skipped = log.skipped(null);
    try (AuctionLog read = log.read(ids, skipped)) {
      return new SharedHindsight(
          problem(read, campaigns, budgeted, target),
          skipped == null ? 0 : skipped.count(),
          console);
    }
  }

  private static AllocationProblem problem(
      AuctionLog log, List<Campaign> campaigns, boolean budgeted, double target) {
    AllocationProblem.Builder builder = new AllocationProblem.Builder();
    double all = 0;
    for (AuctionTape tape : log.tapes()) {
      all += tape.meanPrice() * Money.units(log.priceUnitNanos()) * tape.rows();
    }
    int[] spendRow = new int[campaigns.size()];
    int[] returnRow = new int[campaigns.size()];
    for (int k = 0; k < spendRow.length; k++) {
      Campaign campaign = campaigns.get(k);
      // A budget that does not bind still tells what is spent: all prices together reach for it.
      spendRow[k] =
          budgeted
              ? builder.row(campaign.id() + BUDGET, Money.units(campaign.budgetNanos()))
              : builder.row(campaign.id() + SPEND, all);
      returnRow[k] = target > 0 ? builder.row(campaign.id() + RETURN, 0) : -1;
    }
    for (AuctionTape tape : log.tapes()) {
      AuctionTape.Cursor auction = tape.read();
      while (auction.next()) {
        builder.arrival();
        double price = Money.units(auction.priceNanos());
        for (int k = 0; k < spendRow.length; k++) {
          Campaign campaign = campaigns.get(k);
          if (log.namesCampaigns() && !campaign.id().equals(tape.campaign())) {
            continue;
          }
          double value = LogCampaigns.valuePerClick(campaign, log) * auction.worth();
          double reward = LogCampaigns.forProfit(campaign) ? value - price : value;
          if (reward > 0 && auction.priceNanos() <= campaign.maxBidNanos()) {
            builder.option(reward).takes(spendRow[k], price);
            if (returnRow[k] >= 0) {
              builder.takes(returnRow[k], price - value / target);
            }
          }
        }
      }
    }
    return builder.build();
  }

  private double spend() {
    double sum = 0;
    for (int row = 0; row < names.size(); row++) {
      if (names.get(row).endsWith(BUDGET) || names.get(row).endsWith(SPEND)) {
        sum += optimum.consumption(row);
      }
    }
    return sum;
  }

  private void putBudget(ObjectNode json) {
    double sum = 0;
    boolean any = false;
    for (int row = 0; row < names.size(); row++) {
      if (names.get(row).endsWith(BUDGET)) {
        any = true;
        sum += problem.capacity(row);
      }
    }
    if (any) {
      json.put("budget", sum);
    } else {
      json.putNull("budget");
    }
  }

  ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("schema", 1);
    json.put("command", "hindsight");
    json.put("rows", problem.arrivals());
    json.put("skipped_rows", skippedRows);
    json.put("options", problem.options());
    json.put("method", exact ? "linear-program" : "dual-descent");
    json.put("value", optimum.value());
    json.put("bound", optimum.bound());
    json.put("gap", optimum.gap());
    json.put("spend", spend());
    putBudget(json);
    ObjectNode duals = json.putObject("duals");
    ArrayNode constraints = json.putArray("constraints");
    for (int row = 0; row < names.size(); row++) {
      String name = names.get(row);
      if (name.endsWith(SPEND)) {
        continue;
      }
      duals.put(name, optimum.price(row));
      constraints
          .addObject()
          .put("constraint", name)
          .put("capacity", problem.capacity(row))
          .put("consumption", optimum.consumption(row))
          .put("dual", optimum.price(row));
    }
    return json;
  }

  /** A line for each constraint, then the value. */
  String table() {
    StringBuilder table = new StringBuilder();
    String form = "%-32s %16s %16s %16s%n";
    table.append(String.format(Locale.ROOT, form, "constraint", "capacity", "used", "price"));
    for (int row = 0; row < names.size(); row++) {
      String name = names.get(row);
      table.append(
          String.format(
              Locale.ROOT,
              form,
              name.length() > 32 ? name.substring(0, 31) + "…" : name,
              SoloReport.amount(problem.capacity(row)),
              SoloReport.amount(optimum.consumption(row)),
              SoloReport.amount(optimum.price(row))));
    }
    table.append(
        String.format(
            Locale.ROOT,
            "value %s, at most %s (gap %.4f%%), of %d arrivals with %d options, by %s%n",
            SoloReport.amount(optimum.value()),
            SoloReport.amount(optimum.bound()),
            100 * optimum.gap(),
            problem.arrivals(),
            problem.options(),
            exact ? "the linear program" : "descent on the dual"));
    return table.toString();
  }
}
