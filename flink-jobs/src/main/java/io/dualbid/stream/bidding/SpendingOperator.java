package io.dualbid.stream.bidding;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.engine.CampaignHolder;
import io.dualbid.core.engine.OverloadGuard;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.targeting.FrequencyCounter;
import io.dualbid.stream.codec.AnswerOrder;
import io.dualbid.stream.codec.DeadLetterCodec;
import io.dualbid.stream.codec.HeartbeatCodec;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.kafka.BrokerView;
import io.dualbid.stream.metrics.CheckpointWatch;
import io.dualbid.stream.metrics.EngineMetrics;
import io.dualbid.stream.metrics.MetricsEndpoint;
import io.dualbid.stream.metrics.Recency;
import io.dualbid.stream.record.OutRecord;
import io.dualbid.stream.record.RawRecord;
import io.dualbid.stream.rehearsal.Rehearsal;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.metrics.TimerGauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Holds campaigns, multipliers and leases for one subtask that spends them, and gives its signs of
 * life; what it decides on is left to those that extend it.
 *
 * <p>First input: requests. Second input, the same for all subtasks: definitions, multipliers,
 * leases and wins. Definitions and multipliers are saved with the newest record of each campaign,
 * so that a restart knows them without reading their topics anew; leases are not, since a restart
 * is a new incarnation, for which none has been made out.
 *
 * <p>A timer writes heartbeats to every partition of the journal.
 */
public abstract class SpendingOperator extends AbstractStreamOperator<OutRecord>
    implements TwoInputStreamOperator<RawRecord, RawRecord, OutRecord> {
  private static final long serialVersionUID = 1L;

  private static final MapStateDescriptor<String, byte[]> DEFINITIONS =
      new MapStateDescriptor<>(
          "definitions", StringSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);
  private static final MapStateDescriptor<String, byte[]> UPDATES =
      new MapStateDescriptor<>(
          "updates", StringSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);
  private static final MapStateDescriptor<String, Long> READ =
      new MapStateDescriptor<>("read", StringSerializer.INSTANCE, LongSerializer.INSTANCE);
  private static final ListStateDescriptor<byte[]> FREQUENCY =
      new ListStateDescriptor<>("frequency", BytePrimitiveArraySerializer.INSTANCE);

  private final EngineConfig engine;
  private final BrokerView broker;

  // Set by initializeState and open, before any record comes.
  private transient Topics topics;
  private transient EngineMetrics meters;
  private transient Recency.@Nullable Listener silence;
  private transient @Nullable CheckpointWatch checkpoints;
  private transient BidderControl control;
  private transient CampaignHolder holder;
  private transient WarmUp warmUp;
  private transient BroadcastState<String, byte[]> definitions;
  private transient BroadcastState<String, byte[]> updates;
  private transient BroadcastState<String, Long> read;
  private transient ListState<byte[]> frequency;
  private transient List<TopicPartition> journalPartitions;
  private transient @Nullable ScheduledFuture<?> heartbeats;
  private transient AnswerOrder order;
  private transient Map<Integer, OverloadGuard> guards;
  private transient TimerGauge idle;
  private transient long incarnation;
  private transient int subtask;
  private transient int index;

  @SuppressWarnings("NullAway.Init") // the transient fields are set by initializeState
  protected SpendingOperator(EngineConfig engine, BrokerView broker) {
    this.engine = engine;
    this.broker = broker;
  }

  /** Who decides, made anew for this run. */
  protected abstract CampaignHolder holder(long run, FrequencyCounter counter);

  /** A delay of requests that is overload where it stands. */
  protected abstract long overloadDelayMillis();

  /** What is added to the index of a subtask, so that no two spenders have one name. */
  protected int firstSubtask() {
    return 0;
  }

  /** Whether a sign of life is given now, for which leases are made out. */
  protected boolean isLively(long nowMillis) {
    return true;
  }

  /** The job that it is part of, in meters and messages. */
  protected String job() {
    return "bidding";
  }

  /** Counts a record that can't be read. */
  protected void countDeadLetter(EngineMetrics counters) {
    counters.biddingDeadLetter();
  }

  /** The settings. */
  protected final EngineConfig engine() {
    return engine;
  }

  /** The meters. */
  protected final EngineMetrics meters() {
    return meters;
  }

  /** Who this subtask is in bids. */
  protected final int subtask() {
    return subtask;
  }

  /** After what its answers are given. */
  protected final AnswerOrder order() {
    return order;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    topics = engine.kafka().topics();
    meters = MetricsEndpoint.shared(engine.metrics());
    index = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    subtask = firstSubtask() + index;
    incarnation = new SecureRandom().nextLong();
    order = new AnswerOrder(topics, incarnation, subtask);
    guards = new HashMap<>();
    idle =
        getContainingTask()
            .getEnvironment()
            .getMetricGroup()
            .getIOMetricGroup()
            .getIdleTimeMsPerSecond();
    definitions = context.getOperatorStateStore().getBroadcastState(DEFINITIONS);
    updates = context.getOperatorStateStore().getBroadcastState(UPDATES);
    read = context.getOperatorStateStore().getBroadcastState(READ);
    frequency = context.getOperatorStateStore().getUnionListState(FREQUENCY);
    holder = holder(incarnation, counter());
    control = new BidderControl(topics, holder);
    restoreControl();
  }

  /** The counts of impressions as saved; every subtask holds the same, since wins go to all. */
  private FrequencyCounter counter() throws Exception {
    for (byte[] saved : frequency.get()) {
      return FrequencyCounter.read(new DataInputDeserializer(saved), BidderControl.PENDING_MILLIS);
    }
    return new FrequencyCounter(engine.bidding().frequencyCounters(), BidderControl.PENDING_MILLIS);
  }

  private void restoreControl() throws Exception {
    for (var entry : definitions.immutableEntries()) {
      holder.define(Configurations.acceptedCampaign(entry.getValue()));
    }
    long now = getProcessingTimeService().getCurrentProcessingTime();
    for (var entry : updates.immutableEntries()) {
      holder.pacing(PacingUpdateCodec.decode(entry.getValue()), now);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    Rehearsal.once(engine);
    Map<TopicPartition, Long> readBefore = new HashMap<>();
    for (var entry : read.immutableEntries()) {
      readBefore.put(new TopicPartition(entry.getKey(), 0), entry.getValue());
      order.learned(entry.getKey(), 0, 0, entry.getValue());
    }
    BrokerView.Start start =
        broker.start(
            List.of(topics.bids(), topics.outcomes()),
            List.of(topics.campaigns(), topics.pacing()));
    journalPartitions = start.journal();
    warmUp = new WarmUp(start.last(), readBefore);
    warmUpIfOver();
    silence = meters.pacingSilence().listen();
    CheckpointWatch watch = meters.checkpoints(job());
    watch.begin(
        engine.state().checkpoints(),
        engine.bidding().checkpointMillis(),
        getProcessingTimeService().getCurrentProcessingTime());
    checkpoints = watch;
    heartbeats =
        getProcessingTimeService()
            .scheduleAtFixedRate(this::beat, 0, engine.bidding().heartbeatMillis());
    LOG.info("subtask {} is incarnation {}", subtask, Long.toHexString(incarnation));
  }

  @Override
  public void close() throws Exception {
    if (heartbeats != null) {
      heartbeats.cancel(false);
    }
    if (silence != null) {
      silence.close();
    }
    if (checkpoints != null) {
      checkpoints.end();
    }
    super.close();
  }

  private void beat(long nowMillis) {
    CheckpointWatch watch = checkpoints;
    if (watch != null) {
      watch.look(nowMillis);
    }
    if (!isLively(nowMillis)) {
      return;
    }
    byte[] heartbeat = HeartbeatCodec.encode(new Heartbeat(incarnation, subtask, nowMillis));
    for (TopicPartition partition : journalPartitions) {
      emit(new OutRecord(partition.topic(), partition.partition(), null, heartbeat));
    }
  }

  /**
   * Answers a request.
   *
   * @throws UnreadableRecord if it can't be read; nothing has been emitted then
   */
  protected abstract void decide(RawRecord raw, long nowMillis) throws UnreadableRecord;

  /** Partitions are read by turns, many records at a time, so each has its own newest. */
  private OverloadGuard guard(int partition) {
    OverloadGuard guard = guards.get(partition);
    if (guard == null) {
      guard = new OverloadGuard(overloadDelayMillis());
      guards.put(partition, guard);
    }
    return guard;
  }

  /**
   * Answers a request that there is no time for, with as little work as can be.
   *
   * @throws UnreadableRecord if it can't even be told which request it is
   */
  protected abstract void putAside(RawRecord raw, long nowMillis) throws UnreadableRecord;

  @Override
  public final void processElement1(StreamRecord<RawRecord> element) {
    RawRecord raw = element.getValue();
    long now = getProcessingTimeService().getCurrentProcessingTime();
    long waited = now - raw.timeMillis();
    meters.requestDelay(waited);
    try {
      if (guard(raw.partition()).putsAside(waited, now, idle.getAccumulatedCount())) {
        putAside(raw, now);
      } else {
        decide(raw, now);
      }
    } catch (UnreadableRecord e) {
      deadLetter(raw, e.reason());
    }
  }

  @Override
  public void processElement2(StreamRecord<RawRecord> element) throws Exception {
    RawRecord raw = element.getValue();
    long now = getProcessingTimeService().getCurrentProcessingTime();
    try {
      if (control.apply(raw, now)) {
        keep(raw);
      }
    } catch (UnreadableRecord e) {
      unusable(raw, e.reason());
    }
    order.learned(raw);
    Recency.Listener listener = silence;
    if (listener != null && raw.topic().equals(topics.pacing())) {
      listener.heard(now);
    }
    if (raw.topic().equals(topics.campaigns()) || raw.topic().equals(topics.pacing())) {
      read.put(raw.topic(), raw.offset());
      if (!warmUp.isOver()) {
        warmUp.read(raw);
        warmUpIfOver();
      }
    }
  }

  /** Saves the newest definition or multipliers of a campaign. */
  private void keep(RawRecord raw) throws Exception {
    if (raw.topic().equals(topics.campaigns())) {
      keep(definitions, raw);
    } else if (raw.topic().equals(topics.pacing())) {
      keep(updates, raw);
    }
  }

  private static void keep(BroadcastState<String, byte[]> state, RawRecord raw) throws Exception {
    String campaign = BidderControl.campaign(raw);
    byte[] value = raw.value();
    if (value == null) {
      state.remove(campaign);
    } else {
      state.put(campaign, value);
    }
  }

  private void unusable(RawRecord raw, String reason) {
    if (raw.topic().equals(topics.campaigns())) {
      // The pacing job, which owns definitions, writes the dead letter.
      LOG.warn("a campaign at offset {} is not usable: {}", raw.offset(), reason);
    } else if (!raw.topic().equals(topics.outcomes()) && subtask == 0) {
      // A control record reaches every subtask; one of them tells what is wrong with it. Outcomes
      // that can't be read are told by the pacing job, which reads the same topic.
      deadLetter(raw, reason);
    }
  }

  private void warmUpIfOver() {
    if (warmUp.isOver() && !holder.isWarm()) {
      holder.warmedUp();
      LOG.info("subtask {} is warm", subtask);
    }
  }

  private void deadLetter(RawRecord raw, @Nullable String reason) {
    countDeadLetter(meters);
    emit(DeadLetterCodec.record(topics.deadLetters(), raw, String.valueOf(reason)));
  }

  /** Hands a record on. */
  protected final void emit(OutRecord record) {
    output.collect(new StreamRecord<>(record));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    frequency.update(index == 0 ? List.of(bytes(holder.frequency())) : List.of());
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

  private static byte[] bytes(FrequencyCounter counter) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1024);
    counter.write(out);
    return out.getCopyOfBuffer();
  }
}
