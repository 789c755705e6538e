package io.dualbid.stream.pacing;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.engine.Pacer;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.pacing.LivingSubtasks;
import io.dualbid.core.pacing.PacingConfig;
import io.dualbid.stream.codec.CampaignRecords;
import io.dualbid.stream.codec.DeadLetterCodec;
import io.dualbid.stream.codec.LeaseCodec;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.kafka.BrokerView;
import io.dualbid.stream.metrics.CheckpointWatch;
import io.dualbid.stream.metrics.EngineMetrics;
import io.dualbid.stream.metrics.MetricsEndpoint;
import io.dualbid.stream.metrics.Recency;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Beat;
import io.dualbid.stream.record.JournalRecord.Defined;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.OutRecord;
import io.dualbid.stream.record.RawRecord;
import io.dualbid.stream.record.RecordType;
import io.dualbid.stream.rehearsal.Rehearsal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Hands the records of the journal to the {@link Pacer} of their campaign and its answers on:
 * multipliers and ledgers at once on the main output, leases on {@link #LEASES}, from where they go
 * out with the checkpoint.
 *
 * <p>First input: bids, outcomes and definitions, keyed by campaign. Second input: heartbeats,
 * broadcast. Event time is the broker's append time of the journal; as it passes, pacers tick.
 *
 * <p>Pacers live as objects; at a checkpoint those that changed are written to keyed state, as
 * bytes in their own versioned form. So a fold costs no serialisation, and state outlives any
 * change of Flink's serializers.
 */
final class PacingOperator extends AbstractStreamOperator<OutRecord>
    implements TwoInputStreamOperator<JournalRecord, JournalRecord, OutRecord> {
  private static final long serialVersionUID = 1L;

  /** Leases, to be written exactly once. */
  static final OutputTag<OutRecord> LEASES = new OutputTag<>("leases", RecordType.OUT);

  private static final ValueStateDescriptor<byte[]> PACER =
      new ValueStateDescriptor<>("pacer", BytePrimitiveArraySerializer.INSTANCE);
  private static final ListStateDescriptor<Long> LIFE =
      new ListStateDescriptor<>("life", LongSerializer.INSTANCE);

  private static final long LOOK_MILLIS = 1_000;

  private final EngineConfig engine;
  private final BrokerView broker;

  // Set by initializeState and open, before any record comes.
  private transient PacingConfig pacing;
  private transient EngineConfig.Topics topics;
  private transient EngineMetrics meters;
  private transient Recency.@Nullable Listener lag;
  private transient @Nullable CheckpointWatch checkpoints;
  private transient @Nullable ScheduledFuture<?> looks;
  private transient LivingSubtasks subtasks;
  private transient TickQueue queue;
  private transient ValueState<byte[]> state;
  private transient ListState<Long> life;
  private transient Answers answers;
  private transient long bornMillis;
  private transient long recoverUntilMillis;

  @SuppressWarnings("NullAway.Init") // the transient fields are set by initializeState
  PacingOperator(EngineConfig engine, BrokerView broker) {
    this.engine = engine;
    this.broker = broker;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    pacing = engine.pacing();
    topics = engine.kafka().topics();
    meters = MetricsEndpoint.shared(engine.metrics());
    subtasks = new LivingSubtasks();
    queue = new TickQueue();
    answers = new Answers();
    state = context.getKeyedStateStore().getState(PACER);
    life = context.getOperatorStateStore().getUnionListState(LIFE);
    if (context.isRestored()) {
      restoreLife();
      restorePacers();
    } else {
      beginLife();
    }
  }

  /**
   * A life of this state begins. Where leases were ever granted before, in a life whose state is
   * lost, they may still be spent for their lifetime; until then nothing new may be.
   */
  private void beginLife() {
    bornMillis = getProcessingTimeService().getCurrentProcessingTime();
    boolean livedBefore = broker.everWritten(topics.leases());
    recoverUntilMillis = livedBefore ? pacing.recoverUntilMillis(bornMillis) : 0;
  }

  private void restoreLife() throws Exception {
    bornMillis = 0;
    recoverUntilMillis = 0;
    boolean born = true;
    for (long time : life.get()) {
      if (born) {
        bornMillis = Math.max(bornMillis, time);
      } else {
        recoverUntilMillis = Math.max(recoverUntilMillis, time);
      }
      born = !born;
    }
  }

  private void restorePacers() throws Exception {
    List<String> ids;
    try (var keys =
        this.<String>getKeyedStateBackend().getKeys(PACER.getName(), VoidNamespace.INSTANCE)) {
      ids = keys.toList();
    }
    for (String id : ids) {
      setCurrentKey(id);
      byte[] bytes = state.value();
      if (bytes != null) {
        TickQueue.Entry entry = PacerForm.read(id, pacing, bytes);
        queue.add(entry);
        saved(entry, bytes.length);
      }
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    Rehearsal.once(engine);
    lag = meters.journalLag().listen();
    CheckpointWatch watch = meters.checkpoints("pacing");
    watch.begin(
        engine.state().checkpoints(),
        engine.pacingJob().checkpointMillis(),
        getProcessingTimeService().getCurrentProcessingTime());
    checkpoints = watch;
    looks = getProcessingTimeService().scheduleAtFixedRate(watch::look, LOOK_MILLIS, LOOK_MILLIS);
  }

  @Override
  public void close() throws Exception {
    if (lag != null) {
      lag.close();
    }
    if (looks != null) {
      looks.cancel(false);
    }
    if (checkpoints != null) {
      checkpoints.end();
    }
    if (queue != null) {
      // From here on another subtask, or another life of this one, tells of them.
      queue.all().forEach(entry -> saved(entry, 0));
    }
    super.close();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    long begun = System.nanoTime();
    for (TickQueue.Entry entry : queue.all()) {
      if (entry.changed) {
        setCurrentKey(entry.campaign);
        byte[] bytes = PacerForm.write(entry);
        state.update(bytes);
        saved(entry, bytes.length);
        entry.changed = false;
      }
    }
    life.update(List.of(bornMillis, recoverUntilMillis));
    meters.snapshot((System.nanoTime() - begun) / 1e6);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    CheckpointWatch watch = checkpoints;
    if (watch != null) {
      watch.completed(getProcessingTimeService().getCurrentProcessingTime());
    }
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    super.notifyCheckpointAborted(checkpointId);
    CheckpointWatch watch = checkpoints;
    if (watch != null) {
      watch.aborted();
    }
  }

  /** Keeps count of saved state; 0 bytes where there is none any more. */
  private void saved(TickQueue.Entry entry, int bytes) {
    meters.state(
        Integer.signum(bytes) - Integer.signum(entry.savedBytes), bytes - entry.savedBytes);
    entry.savedBytes = bytes;
  }

  @Override
  public void processElement1(StreamRecord<JournalRecord> element) {
    JournalRecord record = element.getValue();
    TickQueue.Entry entry = entry(record.campaign());
    if (record instanceof Issued issued) {
      entry.pacer.bid(issued.bid(), issued.appendMillis(), issued.offset());
    } else if (record instanceof Learned learned) {
      entry.pacer.outcome(learned.outcome(), learned.appendMillis(), learned.offset());
    } else if (record instanceof Defined defined) {
      define(entry, defined.raw());
    }
    entry.changed = true;
    queue.wish(entry);
  }

  private TickQueue.Entry entry(String campaign) {
    TickQueue.Entry entry = queue.find(campaign);
    if (entry == null) {
      entry =
          new TickQueue.Entry(
              campaign, new Pacer(campaign, pacing, bornMillis, recoverUntilMillis));
      queue.add(entry);
    }
    return entry;
  }

  private void define(TickQueue.Entry entry, RawRecord raw) {
    byte[] value = raw.value();
    if (value == null) {
      entry.pacer.remove();
      LOG.info("campaign {} is withdrawn", entry.campaign);
      return;
    }
    Campaign campaign;
    try {
      campaign = CampaignRecords.definition(entry.campaign, value);
    } catch (UnreadableRecord e) {
      unreadable(raw, e.reason());
      return;
    }
    entry.definition = value;
    entry.pacer.define(campaign);
    LOG.info("campaign {} is defined at offset {}", entry.campaign, raw.offset());
  }

  private void unreadable(RawRecord raw, String reason) {
    meters.pacingDeadLetter();
    output.collect(new StreamRecord<>(DeadLetterCodec.record(topics.deadLetters(), raw, reason)));
  }

  @Override
  public void processElement2(StreamRecord<JournalRecord> element) {
    if (element.getValue() instanceof Beat beat) {
      subtasks.heard(beat.heartbeat(), beat.boundedMillis());
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() != Long.MAX_VALUE) {
      if (lag != null) {
        lag.heard(mark.getTimestamp());
      }
      tick(mark.getTimestamp());
    }
    super.processWatermark(mark);
  }

  private void tick(long eventMillis) throws Exception {
    for (TickQueue.Entry entry = queue.due(eventMillis);
        entry != null;
        entry = queue.due(eventMillis)) {
      answers.campaign = entry.campaign;
      entry.pacer.tick(eventMillis, subtasks, answers);
      entry.changed = true;
      if (entry.pacer.isForgettable()) {
        queue.remove(entry);
        setCurrentKey(entry.campaign);
        state.clear();
        saved(entry, 0);
      } else {
        queue.wish(entry);
      }
    }
  }

  /** Encodes what a pacer answers and hands it on. */
  private final class Answers implements Pacer.Output {
    private String campaign = "";

    @Override
    public void pacing(PacingUpdate update) {
      meters.campaign(update);
      output.collect(new StreamRecord<>(record(topics.pacing(), PacingUpdateCodec.encode(update))));
    }

    @Override
    public void lease(Lease lease) {
      meters.lease();
      output.collect(LEASES, new StreamRecord<>(record(topics.leases(), LeaseCodec.encode(lease))));
    }

    @Override
    public void feedbackAge(double millis) {
      meters.feedbackAge(millis);
    }

    private OutRecord record(String topic, byte[] value) {
      return new OutRecord(
          topic, OutRecord.BY_KEY, campaign.getBytes(StandardCharsets.UTF_8), value);
    }
  }
}
