package io.dualbid.simulator.audit;

import io.dualbid.core.configuration.ConfigurationException;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Lease;
import io.dualbid.stream.codec.DeadLetterCodec;
import io.dualbid.stream.codec.DeadLetterCodec.DeadLetter;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.LeaseCodec;
import io.dualbid.stream.codec.NoBidCodec;
import io.dualbid.stream.codec.NoBidCodec.NoBid;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.codec.PlacementCodec;
import io.dualbid.stream.codec.PlacementCodec.Placement;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Folds the topics from their beginning and compares what was promised and charged with the ledgers
 * that the engine has published.
 *
 * <p>Published ledgers are read first and say how far in the journal they reach, so an audit of a
 * running system compares like with like.
 */
public final class Audit {
  private final Reader reader;
  private final Topics topics;
  private final JournalDecoder decoder;
  private final long winWindowMillis;
  private final Map<String, CampaignFold> campaigns = new TreeMap<>();
  private final Map<LeaseKey, Lease> leases = new HashMap<>();
  private final Answers answers = new Answers();
  private final Answers texts = new Answers();
  private final List<String> breaches = new ArrayList<>();
  private long records;

  /** Ids of leases are unique within their campaign. */
  private record LeaseKey(String campaign, long id) {}

  /** Where topics are read from. */
  public interface Reader {
    /** Hands on every record of a topic, in order within each partition, and says how many. */
    long read(String topic, Consumer<RawRecord> taker);
  }

  private Audit(EngineConfig engine, Reader reader) {
    this.reader = reader;
    topics = engine.kafka().topics();
    decoder = new JournalDecoder(topics);
    winWindowMillis = engine.pacing().winWindowMillis() + engine.pacing().clockSkewMillis();
  }

  /** Audits the topics of an engine. */
  public static AuditReport of(EngineConfig engine) {
    KafkaClients clients = KafkaClients.of(engine);
    return of(engine, (topic, taker) -> TopicScan.read(clients, topic, taker));
  }

  /** Audits the topics of an engine as a reader tells them. */
  public static AuditReport of(EngineConfig engine, Reader reader) {
    return new Audit(engine, reader).run();
  }

  private AuditReport run() {
    records += reader.read(topics.pacing(), this::pacing);
    records += reader.read(topics.campaigns(), this::definition);
    records += reader.read(topics.bids(), this::bid);
    records += reader.read(topics.outcomes(), this::outcome);
    // Leases that cover the bids just read have been visible before them.
    records += reader.read(topics.leases(), this::lease);
    records += reader.read(topics.noBids(), this::noBid);
    records += reader.read(topics.placements(), this::placement);
    records += reader.read(topics.deadLetters(), this::deadLetter);
    records += reader.read(topics.bidRequests(), request -> answers.request());
    records += reader.read(topics.contentRequests(), request -> texts.request());
    List<String> differences = new ArrayList<>();
    long unmatched = 0;
    long duplicates = 0;
    long lateWins = 0;
    long lateClicks = 0;
    for (CampaignFold fold : campaigns.values()) {
      breaches.addAll(fold.breaches());
      checkLeases(fold);
      differences.addAll(fold.differences());
      unmatched += fold.unmatched();
      duplicates += fold.duplicates();
      lateWins += fold.lateWins();
      lateClicks += fold.lateClicks();
    }
    return new AuditReport(
        records,
        answers.accounting(),
        texts.accounting(),
        campaigns,
        breaches,
        unmatched,
        duplicates,
        lateWins,
        lateClicks,
        differences);
  }

  private CampaignFold fold(String id) {
    return campaigns.computeIfAbsent(id, unseen -> new CampaignFold(unseen, winWindowMillis));
  }

  private void pacing(RawRecord raw) {
    try {
      var update = PacingUpdateCodec.decode(raw.value());
      fold(update.campaign()).publish(update);
    } catch (UnreadableRecord e) {
      breaches.add(place(raw) + ": " + e.reason());
    }
  }

  private void definition(RawRecord raw) {
    byte[] value = raw.value();
    byte[] key = raw.key();
    if (value == null || key == null) {
      return;
    }
    try {
      String id = new String(key, StandardCharsets.UTF_8);
      var campaign = Configurations.campaign(id, value);
      if (campaign.id().equals(id)) {
        fold(id).define(campaign);
      }
    } catch (ConfigurationException e) {
      // Refused by the engine too, which has written a dead letter.
      return;
    }
  }

  private void bid(RawRecord raw) {
    JournalRecord record = decoder.decode(raw);
    if (record instanceof Issued issued) {
      fold(record.campaign()).bid(issued.bid(), issued.offset(), issued.appendMillis());
      answers.bid(JournalDecoder.place(raw));
    }
  }

  private void outcome(RawRecord raw) {
    JournalRecord record = decoder.decode(raw);
    if (record instanceof Learned learned) {
      fold(record.campaign()).outcome(learned.outcome(), learned.offset(), learned.appendMillis());
    }
  }

  private void lease(RawRecord raw) {
    try {
      Lease lease = LeaseCodec.decode(raw.value());
      Lease other = leases.put(new LeaseKey(lease.campaign(), lease.id()), lease);
      if (other != null) {
        breaches.add(lease.campaign() + ": lease " + lease.id() + " was made out twice");
      }
    } catch (UnreadableRecord e) {
      breaches.add(place(raw) + ": " + e.reason());
    }
  }

  /** Bids never draw more from a lease than it holds. */
  private void checkLeases(CampaignFold fold) {
    for (var entry : fold.drawnByLease().entrySet()) {
      String id = fold.id();
      Lease lease = leases.get(new LeaseKey(id, entry.getKey()));
      if (lease == null) {
        breaches.add(id + ": bids on lease " + entry.getKey() + ", which was never made out");
      } else if (entry.getValue() > lease.amountNanos()) {
        breaches.add(
            id
                + ": bids of "
                + entry.getValue()
                + " nanos on lease "
                + lease.id()
                + " of "
                + lease.amountNanos());
      }
    }
  }

  private void noBid(RawRecord raw) {
    try {
      NoBid noBid = NoBidCodec.decode(raw.value());
      answers.noBid(noBid.reason(), noBid.place());
    } catch (UnreadableRecord e) {
      breaches.add(place(raw) + ": " + e.reason());
    }
  }

  /** A text is answered with ads, or with none for a reason. */
  private void placement(RawRecord raw) {
    try {
      Placement placement = PlacementCodec.decode(raw.value());
      String reason = placement.reason();
      if (reason == null) {
        texts.bid(placement.place());
      } else {
        texts.noBid(reason, placement.place());
      }
    } catch (UnreadableRecord e) {
      breaches.add(place(raw) + ": " + e.reason());
    }
  }

  private void deadLetter(RawRecord raw) {
    try {
      DeadLetter letter = DeadLetterCodec.decode(raw.value());
      if (letter.topic().equals(topics.bidRequests())) {
        answers.deadLetter(letter.place());
      } else if (letter.topic().equals(topics.contentRequests())) {
        texts.deadLetter(letter.place());
      }
    } catch (UnreadableRecord e) {
      breaches.add(place(raw) + ": " + e.reason());
    }
  }

  private static String place(RawRecord raw) {
    return raw.topic() + "/" + raw.partition() + "/" + raw.offset();
  }
}
