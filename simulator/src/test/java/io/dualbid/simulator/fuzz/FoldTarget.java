package io.dualbid.simulator.fuzz;

import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.engine.Pacer;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.pacing.LivingSubtasks;
import io.dualbid.simulator.audit.Audit;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.LeaseCodec;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.RawRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Any sequence of records, folded: no ledger ever commits more than its ceiling, a breach halts the
 * campaign and nothing else, state can be saved at any moment, and the audit reads all of it.
 *
 * <p>The text is read line by line: {@code +N} lets N milliseconds pass, {@code bid:}, {@code
 * outcome:}, {@code pacing:}, {@code lease:}, {@code no-bid:}, {@code placement:}, {@code letter:}
 * and {@code campaign:} stand before a record. {@code $LEASE} within it stands for the newest
 * lease.
 */
public final class FoldTarget {
  private static final Topics TOPICS = World.ENGINE.kafka().topics();
  private static final JournalDecoder JOURNAL = new JournalDecoder(TOPICS);
  private static final Map<String, String> TOPIC =
      Map.of(
          "bid", TOPICS.bids(),
          "outcome", TOPICS.outcomes(),
          "pacing", TOPICS.pacing(),
          "lease", TOPICS.leases(),
          "no-bid", TOPICS.noBids(),
          "placement", TOPICS.placements(),
          "letter", TOPICS.deadLetters(),
          "campaign", TOPICS.campaigns());
  private static final int MOST_LINES = 200;
  private static final long MOST_PASSED_MILLIS = 3_600_000;

  private final Map<String, List<RawRecord>> topics = new HashMap<>();
  private final Map<String, Pacer> pacers = new HashMap<>();
  private final LivingSubtasks subtasks = new LivingSubtasks();
  private long now = World.NOW;
  private long newestLease;

  private FoldTarget() {
    Pacer pacer = new Pacer("a", World.ENGINE.pacing(), World.NOW - 60_000, World.NOW + 20);
    pacer.define(World.CAMPAIGN);
    pacers.put("a", pacer);
    subtasks.heard(new Heartbeat(World.INCARNATION, 0, now), now);
  }

  /** Folds one sequence. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    FoldTarget fold = new FoldTarget();
    String text = new String(data, StandardCharsets.UTF_8);
    for (String line : text.lines().limit(MOST_LINES).toList()) {
      fold.line(line);
    }
    fold.pass(2_000);
    Audit.of(
        World.ENGINE,
        (topic, taker) -> {
          List<RawRecord> records = fold.topics.getOrDefault(topic, List.of());
          records.forEach(taker);
          return records.size();
        });
  }

  private void line(String line) throws IOException {
    if (line.startsWith("+")) {
      String digits = line.substring(1).replaceAll("[^0-9].*", "");
      pass(digits.isEmpty() || digits.length() > 9 ? 1 : Long.parseLong(digits));
      return;
    }
    int colon = line.indexOf(':');
    String topic = colon < 0 ? null : TOPIC.get(line.substring(0, colon));
    if (topic != null) {
      String value = line.substring(colon + 1).replace("$LEASE", Long.toString(newestLease));
      record(topic, value.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void record(String topic, byte[] value) {
    RawRecord raw = add(topic, value);
    if (!topic.equals(TOPICS.bids()) && !topic.equals(TOPICS.outcomes())) {
      return;
    }
    JournalRecord record = JOURNAL.decode(raw);
    Pacer pacer =
        pacers.computeIfAbsent(
            record.campaign(), id -> new Pacer(id, World.ENGINE.pacing(), World.NOW, 0));
    if (record instanceof Issued issued) {
      pacer.bid(issued.bid(), now, issued.offset());
    } else if (record instanceof Learned learned) {
      pacer.outcome(learned.outcome(), now, learned.offset());
    }
  }

  private RawRecord add(String topic, byte[] value) {
    List<RawRecord> records = topics.computeIfAbsent(topic, unseen -> new ArrayList<>());
    byte[] key = "a".getBytes(StandardCharsets.UTF_8);
    RawRecord raw = new RawRecord(topic, 0, records.size(), now, key, value);
    records.add(raw);
    return raw;
  }

  private void pass(long millis) throws IOException {
    now += Math.min(MOST_PASSED_MILLIS, millis);
    subtasks.heard(new Heartbeat(World.INCARNATION, 0, now), now);
    for (Map.Entry<String, Pacer> entry : pacers.entrySet()) {
      entry.getValue().tick(now, subtasks, new Taken());
      entry.setValue(restored(entry.getValue()));
    }
  }

  private static Pacer restored(Pacer pacer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    pacer.write(new DataOutputStream(bytes), (campaign, out) -> {});
    return Pacer.read(
        World.ENGINE.pacing(),
        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
        in -> World.CAMPAIGN);
  }

  /** Puts answers on their topics and holds each ledger against its ceiling. */
  private final class Taken implements Pacer.Output {
    @Override
    public void pacing(PacingUpdate update) {
      LedgerSummary ledger = update.ledger();
      if (update.problem() == null && ledger.committedNanos() > ledger.ceilingNanos()) {
        throw World.wrong("more is committed than allowed: " + update);
      }
      add(TOPICS.pacing(), PacingUpdateCodec.encode(update));
    }

    @Override
    public void lease(Lease lease) {
      newestLease = lease.id();
      add(TOPICS.leases(), LeaseCodec.encode(lease));
    }

    @Override
    public void feedbackAge(double millis) {
      if (Double.isNaN(millis)) {
        throw World.wrong("an age that is no number");
      }
    }
  }
}
