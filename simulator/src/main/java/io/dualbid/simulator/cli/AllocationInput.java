package io.dualbid.simulator.cli;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.hindsight.AllocationLog;
import io.dualbid.simulator.hindsight.AllocationProblem;
import io.dualbid.simulator.log.AllocationStream;
import io.dualbid.simulator.log.AllocationTape;
import io.dualbid.simulator.log.Capacities;
import io.dualbid.simulator.log.LogStream;
import io.dualbid.simulator.log.SkippedRows;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Allocation logs as commands are given them, with budgets of campaigns beside their capacities.
 */
final class AllocationInput {
  private static final String BUDGET = "budget";

  private final LogOptions log;
  private final @Nullable Path yaml;

  /**
   * These logs.
   *
   * @param yaml campaigns whose budgets count, or null
   */
  AllocationInput(LogOptions log, @Nullable Path yaml) {
    this.log = log;
    this.yaml = yaml;
  }

  /** Whether the first of the logs is one of allocations. */
  static boolean isMeant(LogOptions log) throws IOException {
    String format = log.format;
    return (format == null || format.equals("jsonl"))
        && LogStream.isAllocationLog(log.logs.get(0), format != null);
  }

  /**
   * All of it as a problem in memory.
   *
   * @param skipped where lines that can't be read go; null to stop at the first
   */
  AllocationProblem problem(@Nullable SkippedRows skipped) throws IOException {
    Capacities capacities = budgets();
    long[] part = log.part(Long.MAX_VALUE);
    try (AllocationStream stream = new AllocationStream(log.logs, capacities, skipped)) {
      return AllocationLog.read(log.logs, stream, capacities, part[0], part[1]);
    } catch (IllegalArgumentException e) {
      throw new WrongInput(e.getMessage(), e);
    } finally {
      LogOptions.tell(skipped);
    }
  }

  /**
   * All of it as matching sees it, in constant memory; the caller closes it.
   *
   * @param skipped where lines that can't be read go; null to stop at the first
   */
  AllocationTape tape(@Nullable SkippedRows skipped) throws IOException {
    Capacities capacities = budgets();
    long[] part = log.part(Long.MAX_VALUE);
    try (AllocationStream stream = new AllocationStream(log.logs, capacities, skipped);
        WorkProgress progress = new WorkProgress("reading")) {
      return AllocationTape.read(log.logs, stream, capacities, part[0], part[1], progress::at);
    } catch (IllegalArgumentException e) {
      throw new WrongInput(e.getMessage(), e);
    } finally {
      LogOptions.tell(skipped);
    }
  }

  private Capacities budgets() throws IOException {
    Capacities capacities = new Capacities();
    Path file = yaml;
    if (file != null) {
      for (Campaign campaign : LogCampaigns.active(file)) {
        capacities.add(campaign.id(), BUDGET, Money.units(campaign.budgetNanos()));
      }
    }
    return capacities;
  }
}
