package io.dualbid.simulator.chaos;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.simulator.audit.Audit;
import io.dualbid.simulator.audit.AuditReport;
import io.dualbid.simulator.audit.CampaignFold;
import io.dualbid.simulator.play.VariedCampaigns;
import io.dualbid.simulator.world.GeneratedWorld;
import io.dualbid.simulator.world.Landscape;
import io.dualbid.simulator.world.Opportunity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * One run: some seconds of traffic for a few campaigns with too little money, with faults on the
 * way; then everything heals, the last outcomes come in, and the books are closed and audited.
 */
final class ChaosRun {
  /** How long requests come. */
  static final long TRAFFIC_MILLIS = 10_000;

  private static final long WARM_MILLIS = 500;

  /** Late notices, leases and windows are over by then. */
  private static final long DRAIN_MILLIS = 12_000;

  private static final int CAMPAIGNS = 4;
  private static final long STEP_MILLIS = 7;
  private static final double BUDGET_UNITS = 0.12;

  private static final EngineConfig ENGINE =
      Configurations.engine(
          "chaos",
          """
          kafka: { bootstrap: "simulated:9092" }
          bidding: { heartbeat: 50ms, default-tmax: 200ms, frequency-counters: 1024 }
          pacing:
            period: 50ms
            leases: { interval: 100ms, lifetime: 1500ms, coverage: 500ms }
            clock-skew: 20ms
            win-window: 2s
            deduplication: 10s
            liveness: 500ms
          """,
          name -> null);

  private final long seed;
  private final List<Fault> faults;
  private final Timeline time;
  private final Topics topics = ENGINE.kafka().topics();
  private final OutsideView outside;
  private final SimulatedLog log;
  private final Weather weather = new Weather();
  private final Plant plant;
  private final GeneratedWorld world;
  private long requests;

  private ChaosRun(long seed, List<Fault> faults, Protocol protocol) {
    this.seed = seed;
    this.faults = faults;
    this.time = new Timeline(seed);
    this.outside = new OutsideView(time, ENGINE);
    this.log = new SimulatedLog(time, topics, ENGINE.pacing().clockSkewMillis(), outside::appended);
    this.plant = new Plant(time, log, weather, protocol, ENGINE, outside);
    this.world = new GeneratedWorld(Landscape.DISPLAY, seed, Long.MAX_VALUE);
  }

  /** Plays the run of a seed with the faults that follow from it. */
  static ChaosResult of(long seed, Protocol protocol) {
    return of(seed, FaultPlan.of(seed, TRAFFIC_MILLIS), protocol);
  }

  /** Plays the run of a seed with these faults. */
  static ChaosResult of(long seed, List<Fault> faults, Protocol protocol) {
    return new ChaosRun(seed, faults, protocol).play();
  }

  /**
   * Plays a run and audits it as if it had been asked again and again while the engine was running:
   * the ends of topics are marked one after another, each at any moment after the one before.
   *
   * @param moments draws the moments: a number below the one that it is given
   * @return each audit, and the last one of what is over
   */
  static List<AuditReport> auditedInFlight(
      long seed, List<Fault> faults, int audits, LongUnaryOperator moments) {
    ChaosRun run = new ChaosRun(seed, faults, new Protocol());
    run.play();
    List<AuditReport> reports = new ArrayList<>();
    for (int i = 0; i < audits; i++) {
      reports.add(Audit.of(ENGINE, new RunningLog(run.log, moments)));
    }
    reports.add(Audit.of(ENGINE, run.log::scan));
    return reports;
  }

  private ChaosResult play() {
    long start = Timeline.BEGIN + WARM_MILLIS;
    long end = start + TRAFFIC_MILLIS;
    plant.start(VariedCampaigns.of(CAMPAIGNS, BUDGET_UNITS, seed, start, end));
    time.at(start, () -> offer(end));
    for (Fault fault : faults) {
      time.at(start + fault.atMillis(), () -> plant.strike(fault));
    }
    time.runTo(end + DRAIN_MILLIS);
    return result();
  }

  private void offer(long end) {
    if (time.now() >= end) {
      return;
    }
    Opportunity next = world.next();
    if (next != null) {
      plant.exchange().offer(next);
      requests++;
    }
    time.after(time.between(1, 2 * STEP_MILLIS - 1), () -> offer(end));
  }

  private ChaosResult result() {
    AuditReport audit = Audit.of(ENGINE, log::scan);
    List<String> breaches = new ArrayList<>(outside.breaches());
    breaches.addAll(plant.exchange().breaches());
    breaches.addAll(audit.breaches());
    breaches.addAll(audit.differences());
    long unanswered = audit.accounting().unanswered();
    if (audit.unmatched() > 0) {
      breaches.add(audit.unmatched() + " outcomes have no bid");
    }
    if (unanswered > 0) {
      breaches.add(unanswered + " requests have no answer");
    }
    long lost = 0;
    long doubled = 0;
    for (CampaignFold fold : audit.campaigns().values()) {
      PacingUpdate last = fold.published();
      long charged = last == null ? 0 : last.totals().wins();
      lost += Math.max(0, fold.wins() - charged);
      doubled += Math.max(0, charged - fold.wins());
      LedgerSummary ledger = last == null ? null : last.ledger();
      if (ledger != null && ledger.reservedNanos() + ledger.leasedNanos() > 0) {
        breaches.add(fold.id() + ": all is over, yet money is held: " + ledger);
      }
    }
    return new ChaosResult(
        seed,
        faults,
        time.passed(),
        requests,
        outside.bids(),
        outside.wins(),
        audit.lateWins(),
        outside.spentNanos(),
        audit.unmatched(),
        lost,
        doubled,
        unanswered,
        breaches,
        outside.recoveries(),
        outside.fingerprint());
  }
}
