package io.dualbid.simulator.audit;

import io.dualbid.core.configuration.ConfigurationException;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Lease;
import io.dualbid.core.pacing.PacingConfig;
import io.dualbid.core.pacing.PartitionTime;
import io.dualbid.simulator.audit.JournalSource.Cut;
import io.dualbid.stream.bidding.BiddingJob;
import io.dualbid.stream.codec.DeadLetterCodec;
import io.dualbid.stream.codec.DeadLetterCodec.DeadLetter;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.LeaseCodec;
import io.dualbid.stream.codec.NoBidCodec;
import io.dualbid.stream.codec.NoBidCodec.NoBid;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.codec.PlacementCodec;
import io.dualbid.stream.codec.PlacementCodec.Placement;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.placement.PlacementJob;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Folds the topics from their beginning and compares what was promised and charged with the ledgers
 * that the engine has published.
 *
 * <p>An audit of a running engine folds a consistent cut of the journal: whatever is in it has its
 * cause in it too. Ends of topics are marked in the order of {@link #inOrderOfCuts}, effects before
 * causes: ledgers before what they were folded from, outcomes before bids, answers before leases,
 * definitions and requests. What the cut parts from its effect is in flight: a request that the
 * engine was not done with before the answers were cut, a bid whose outcome may still come.
 */
public final class Audit {
  private final JournalSource source;
  private final Topics topics;
  private final JournalDecoder decoder;
  private final PacingConfig pacing;
  private final Map<String, CampaignFold> campaigns = new TreeMap<>();
  private final Map<LeaseKey, Lease> leases = new HashMap<>();
  private final Answers answers = new Answers();
  private final Answers texts = new Answers();
  private final List<String> breaches = new ArrayList<>();
  private final Map<String, End> ends = new HashMap<>();
  private long firstLeaseMillis = Long.MAX_VALUE;
  private long records;

  /** Ids of leases are unique within their campaign. */
  private record LeaseKey(String campaign, long id) {}

  /** Where topics are read from. */
  public interface Reader {
    /** Hands on every record of a topic, in order within each partition, and says how many. */
    long read(String topic, Consumer<RawRecord> taker);
  }

  private Audit(EngineConfig engine, JournalSource source) {
    this.source = source;
    topics = engine.kafka().topics();
    decoder = new JournalDecoder(topics);
    pacing = engine.pacing();
  }

  /** Audits the topics of an engine, which may be running. */
  public static AuditReport of(EngineConfig engine) {
    return of(engine, new KafkaJournal(KafkaClients.of(engine)));
  }

  /** Audits the topics of an engine at rest as a reader tells them. */
  public static AuditReport of(EngineConfig engine, Reader reader) {
    return of(engine, JournalSource.atRest(reader));
  }

  /** Audits the topics of an engine, which may be running, as a source tells them. */
  public static AuditReport of(EngineConfig engine, JournalSource source) {
    return new Audit(engine, source).run();
  }

  /**
   * The topics in the order in which their ends are marked: each before those that its records are
   * made from.
   */
  static List<String> inOrderOfCuts(Topics topics) {
    return List.of(
        topics.pacing(),
        topics.outcomes(),
        topics.bids(),
        topics.noBids(),
        topics.placements(),
        topics.deadLetters(),
        topics.leases(),
        topics.campaigns(),
        topics.bidRequests(),
        topics.contentRequests());
  }

  private AuditReport run() {
    Predicate<RequestPlace> requestsDone = source.done(topics.bidRequests(), BiddingJob.GROUP);
    Predicate<RequestPlace> textsDone = source.done(topics.contentRequests(), PlacementJob.GROUP);
    Map<String, Cut> cuts = new HashMap<>();
    for (String topic : inOrderOfCuts(topics)) {
      Cut cut = source.cut(topic);
      cuts.put(topic, cut);
      if (topic.equals(topics.pacing())) {
        // Compaction may take away what lies before the end, once there is newer behind it.
        records += cut.read(this::pacing);
      }
    }
    read(cuts, topics.campaigns(), this::definition);
    read(cuts, topics.bids(), this::bid);
    read(cuts, topics.outcomes(), this::outcome);
    read(cuts, topics.leases(), this::lease);
    read(cuts, topics.noBids(), this::noBid);
    read(cuts, topics.placements(), this::placement);
    read(cuts, topics.deadLetters(), this::deadLetter);
    read(cuts, topics.bidRequests(), raw -> request(answers, raw, requestsDone));
    read(cuts, topics.contentRequests(), raw -> request(texts, raw, textsDone));
    boolean allLeases = cut(cuts, topics.leases()).isWhole();
    List<String> differences = new ArrayList<>();
    long openBids = 0;
    long unmatched = 0;
    long duplicates = 0;
    long lateWins = 0;
    long lateClicks = 0;
    long eventMillis = eventMillis();
    for (CampaignFold fold : campaigns.values()) {
      breaches.addAll(fold.breaches(eventMillis));
      checkLeases(fold, allLeases);
      openBids += fold.openAt(eventMillis);
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
        openBids,
        unmatched,
        duplicates,
        lateWins,
        lateClicks,
        differences);
  }

  private void read(Map<String, Cut> cuts, String topic, Consumer<RawRecord> taker) {
    records += cut(cuts, topic).read(taker);
  }

  private static Cut cut(Map<String, Cut> cuts, String topic) {
    return Objects.requireNonNull(cuts.get(topic), topic);
  }

  private static void request(Answers answers, RawRecord raw, Predicate<RequestPlace> done) {
    RequestPlace place = new RequestPlace(raw.partition(), raw.offset());
    answers.request(place, done.test(place));
  }

  /** How far time had come in the journal: the least over the ends of its partitions. */
  private long eventMillis() {
    return ends.values().stream().mapToLong(End::timeMillis).min().orElse(Long.MIN_VALUE);
  }

  /**
   * A record of the journal was read.
   *
   * @return when it was appended, as far as bidders' clocks bear it out
   */
  private long passed(RawRecord raw, JournalRecord record) {
    return ends.computeIfAbsent(raw.topic() + "/" + raw.partition(), unread -> new End())
        .passed(raw, record);
  }

  /** Where a partition of the journal ends, in time. */
  private static final class End {
    private final PartitionTime time = new PartitionTime();
    private long stampedMillis = Long.MIN_VALUE;

    long passed(RawRecord raw, JournalRecord record) {
      stampedMillis = Math.max(stampedMillis, raw.timeMillis());
      long borneOut = record.tell(time, raw.timeMillis());
      return borneOut == PartitionTime.UNKNOWN ? raw.timeMillis() : borneOut;
    }

    /** Where no bidder has written, there is nothing but stamps to go by. */
    long timeMillis() {
      long reached = time.reachedMillis();
      return reached == PartitionTime.UNKNOWN ? stampedMillis : reached;
    }
  }

  private CampaignFold fold(String id) {
    return campaigns.computeIfAbsent(id, unseen -> new CampaignFold(unseen, pacing));
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
    passed(raw, record);
    if (record instanceof Issued issued) {
      fold(record.campaign()).bid(issued.bid(), issued.offset(), issued.appendMillis());
      answers.bid(JournalDecoder.place(raw));
    }
  }

  private void outcome(RawRecord raw) {
    JournalRecord record = decoder.decode(raw);
    long time = passed(raw, record);
    if (record instanceof Learned learned) {
      fold(record.campaign())
          .outcome(learned.outcome(), learned.offset(), learned.appendMillis(), time);
    }
  }

  private void lease(RawRecord raw) {
    firstLeaseMillis = Math.min(firstLeaseMillis, raw.timeMillis());
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

  /**
   * Bids never draw more from a lease than it holds.
   *
   * @param all whether no lease has been deleted since; bids of one that has been aren't checked
   */
  private void checkLeases(CampaignFold fold, boolean all) {
    fold.drawnByLease()
        .forEach(
            (id, drawn) -> {
              Lease lease = leases.get(new LeaseKey(fold.id(), id));
              if (lease == null) {
                if (all || drawn.firstMillis() > firstLeaseMillis + pacing.leaseLifetimeMillis()) {
                  breaches.add(fold.id() + ": bids on lease " + id + ", which was never made out");
                }
              } else if (drawn.nanos() > lease.amountNanos()) {
                breaches.add(
                    fold.id()
                        + ": bids of "
                        + drawn.nanos()
                        + " nanos on lease "
                        + lease.id()
                        + " of "
                        + lease.amountNanos());
              }
            });
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
