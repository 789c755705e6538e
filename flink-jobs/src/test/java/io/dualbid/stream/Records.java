package io.dualbid.stream;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import io.dualbid.stream.codec.DeadLetterCodec;
import io.dualbid.stream.codec.DeadLetterCodec.DeadLetter;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.record.OutRecord;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** Records as operators read and write them, for tests that run one operator without a cluster. */
public final class Records {
  /** The clock of such tests. */
  public static final long NOW = 1_700_000_000_000L;

  /** Settings of an engine that reaches no broker. */
  public static final EngineConfig ENGINE =
      Configurations.engine(
          "operator",
          """
          kafka: { bootstrap: 'localhost:1' }
          bidding: { frequency-counters: 1024, heartbeat: 100ms }
          pacing: { leases: { interval: 100ms, lifetime: 2s } }
          """,
          name -> null);

  /** Its topics. */
  public static final Topics TOPICS = ENGINE.kafka().topics();

  private Records() {}

  /** A campaign that runs now. */
  public static Campaign campaign(String id) {
    return new Campaign(
        id,
        "shoes.example",
        List.of(),
        Status.ACTIVE,
        Money.floorNanos(100),
        null,
        new Flight(NOW - 1_000, NOW + 600_000, ZoneOffset.UTC),
        new Plan(Plan.Shape.ASAP, List.of()),
        Strategy.budget(Objective.VALUE, Mirror.ENTROPY, 1.0),
        1.0,
        0.001,
        Money.floorNanos(0.01),
        List.of(Creative.banner("square", 300, 250)),
        Targeting.ANY);
  }

  /** Text as bytes. */
  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A record, as of now. */
  public static RawRecord raw(String topic, long offset, String key, byte @Nullable [] value) {
    return new RawRecord(topic, 0, offset, NOW, utf8(key), value);
  }

  /** A definition. */
  public static RawRecord defined(Campaign campaign, long offset) {
    return raw(TOPICS.campaigns(), offset, campaign.id(), Configurations.toJson(campaign));
  }

  /** An update with a budget's multiplier. */
  public static RawRecord paced(String campaign, double multiplier, long epoch, long offset) {
    PacingUpdate update =
        new PacingUpdate(
            campaign,
            epoch,
            State.ACTIVE,
            Multipliers.budget(multiplier),
            null,
            new LedgerSummary(0, 0, 0, 0, 0),
            PacingUpdate.Position.START,
            new PacingUpdate.Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            null);
    return raw(TOPICS.pacing(), offset, campaign, PacingUpdateCodec.encode(update));
  }

  /** What an operator wrote to a topic, in order. */
  public static List<OutRecord> written(Collection<Object> output, String topic) {
    List<OutRecord> records = new ArrayList<>();
    for (Object element : output) {
      if (element instanceof StreamRecord<?> record
          && record.getValue() instanceof OutRecord out
          && out.topic().equals(topic)) {
        records.add(out);
      }
    }
    return records;
  }

  /** The dead letters that an operator wrote. */
  public static List<DeadLetter> letters(Collection<Object> output) throws UnreadableRecord {
    List<DeadLetter> letters = new ArrayList<>();
    for (OutRecord record : written(output, TOPICS.deadLetters())) {
      letters.add(DeadLetterCodec.decode(record.value()));
    }
    return letters;
  }

  /** What was written, as the broker would hand it on. */
  public static RawRecord appended(OutRecord record, long offset, long appendMillis) {
    return new RawRecord(record.topic(), 0, offset, appendMillis, record.key(), record.value());
  }
}
