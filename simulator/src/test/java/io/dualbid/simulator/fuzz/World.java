package io.dualbid.simulator.fuzz;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.engine.Bidder;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import io.dualbid.stream.bidding.BidderControl;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;

/** The engine and the campaign that targets are about. */
final class World {
  static final EngineConfig ENGINE =
      Configurations.engine("fuzz", "kafka:\n  bootstrap: nowhere:1\n", key -> null);

  /** The moment at which everything happens, in 2026. */
  static final long NOW = 1_795_496_460_000L;

  static final long INCARNATION = 7;

  /** Longest record that a broker takes by default, with its headers. */
  static final int MOST_RECORD_BYTES = 1_000_000;

  static final Campaign CAMPAIGN =
      new Campaign(
          "a",
          "shoes.example",
          List.of(),
          Status.ACTIVE,
          5_000_000_000L,
          null,
          new Flight(NOW - 1_000, NOW + 600_000, ZoneOffset.UTC),
          new Plan(Plan.Shape.ASAP, List.of()),
          Strategy.budget(Objective.VALUE, Mirror.ENTROPY, 1.0),
          1.0,
          0.001,
          10_000_000L,
          List.of(Creative.banner("square", 300, 250)),
          Targeting.ANY);

  private World() {}

  /** A bidder with the campaign and a lease. */
  static Bidder bidder() {
    Bidder bidder = BidderControl.bidder(ENGINE, INCARNATION);
    bidder.define(CAMPAIGN);
    bidder.lease(new Lease(1, "a", INCARNATION, 0, 1_000_000_000L, 0, NOW + 60_000), NOW);
    bidder.warmedUp();
    return bidder;
  }

  /** A record that was appended now. */
  static RawRecord record(String topic, long offset, String key, byte[] value) {
    return new RawRecord(topic, 0, offset, NOW, key.getBytes(StandardCharsets.UTF_8), value);
  }

  /** A breach of what the target promises. */
  static AssertionError wrong(String what) {
    return new AssertionError(what);
  }
}
