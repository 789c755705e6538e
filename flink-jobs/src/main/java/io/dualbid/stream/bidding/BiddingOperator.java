package io.dualbid.stream.bidding;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.engine.Answer;
import io.dualbid.core.engine.Bidder;
import io.dualbid.core.engine.Offer;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.targeting.FrequencyCounter;
import io.dualbid.stream.codec.AnswerOrder;
import io.dualbid.stream.codec.BidCodec;
import io.dualbid.stream.codec.BidRequestDecoder;
import io.dualbid.stream.codec.DeadLetterCodec;
import io.dualbid.stream.codec.HeartbeatCodec;
import io.dualbid.stream.codec.NoBidCodec;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.kafka.LastReadableOffsets;
import io.dualbid.stream.metrics.EngineMetrics;
import io.dualbid.stream.metrics.MetricsEndpoint;
import io.dualbid.stream.record.OutRecord;
import io.dualbid.stream.record.RawRecord;
import io.dualbid.stream.rehearsal.Rehearsal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
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
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Hands requests to the {@link Bidder} and its answers on.
 *
 * <p>First input: requests. Second input, the same for all subtasks: definitions, multipliers,
 * leases and wins. Definitions and multipliers are saved with the newest record of each campaign,
 * so that a restart knows them without reading their topics anew; leases are not, since a restart
 * is a new incarnation, for which none has been made out.
 *
 * <p>A timer writes heartbeats to every partition of the journal.
 */
final class BiddingOperator extends AbstractStreamOperator<OutRecord>
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

  // Set by initializeState and open, before any record comes.
  private transient Topics topics;
  private transient EngineMetrics meters;
  private transient BidRequestDecoder requests;
  private transient BidCodec bids;
  private transient BidderControl control;
  private transient Bidder bidder;
  private transient Answer answer;
  private transient WarmUp warmUp;
  private transient BroadcastState<String, byte[]> definitions;
  private transient BroadcastState<String, byte[]> updates;
  private transient BroadcastState<String, Long> read;
  private transient ListState<byte[]> frequency;
  private transient List<TopicPartition> journalPartitions;
  private transient @Nullable ScheduledFuture<?> heartbeats;
  private transient AnswerOrder order;
  private transient long incarnation;
  private transient int subtask;

  @SuppressWarnings("NullAway.Init") // the transient fields are set by initializeState
  BiddingOperator(EngineConfig engine) {
    this.engine = engine;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    topics = engine.kafka().topics();
    meters = MetricsEndpoint.shared(engine.metrics().bind(), engine.metrics().port());
    requests = new BidRequestDecoder(engine.account(), engine.bidding().defaultTmaxMillis());
    bids = new BidCodec(engine.account());
    answer = new Answer();
    subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    incarnation = new SecureRandom().nextLong();
    order = new AnswerOrder(topics, incarnation, subtask);
    definitions = context.getOperatorStateStore().getBroadcastState(DEFINITIONS);
    updates = context.getOperatorStateStore().getBroadcastState(UPDATES);
    read = context.getOperatorStateStore().getBroadcastState(READ);
    frequency = context.getOperatorStateStore().getUnionListState(FREQUENCY);
    bidder = BidderControl.bidder(engine, incarnation, counter());
    control = new BidderControl(topics, bidder);
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
      bidder.define(Configurations.acceptedCampaign(entry.getValue()));
    }
    long now = getProcessingTimeService().getCurrentProcessingTime();
    for (var entry : updates.immutableEntries()) {
      bidder.pacing(PacingUpdateCodec.decode(entry.getValue()), now);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    Rehearsal.once(engine);
    KafkaClients clients = KafkaClients.of(engine);
    Map<TopicPartition, Long> readBefore = new HashMap<>();
    for (var entry : read.immutableEntries()) {
      readBefore.put(new TopicPartition(entry.getKey(), 0), entry.getValue());
      order.learned(entry.getKey(), 0, 0, entry.getValue());
    }
    journalPartitions = new ArrayList<>();
    try (var consumer = clients.newConsumer()) {
      for (String topic : List.of(topics.bids(), topics.outcomes())) {
        consumer
            .partitionsFor(topic)
            .forEach(info -> journalPartitions.add(new TopicPartition(topic, info.partition())));
      }
      warmUp =
          new WarmUp(
              LastReadableOffsets.of(consumer, List.of(topics.campaigns(), topics.pacing())),
              readBefore);
    }
    warmUpIfOver();
    heartbeats =
        getProcessingTimeService()
            .scheduleAtFixedRate(this::beat, 0, engine.bidding().heartbeatMillis());
    LOG.info("bidding subtask {} is incarnation {}", subtask, Long.toHexString(incarnation));
  }

  @Override
  public void close() throws Exception {
    if (heartbeats != null) {
      heartbeats.cancel(false);
    }
    super.close();
  }

  private void beat(long nowMillis) {
    byte[] heartbeat = HeartbeatCodec.encode(new Heartbeat(incarnation, subtask, nowMillis));
    for (TopicPartition partition : journalPartitions) {
      emit(new OutRecord(partition.topic(), partition.partition(), null, heartbeat));
    }
  }

  @Override
  public void processElement1(StreamRecord<RawRecord> element) {
    RawRecord raw = element.getValue();
    long start = System.nanoTime();
    meters.request();
    RequestPlace place = new RequestPlace(raw.partition(), raw.offset());
    try {
      BidRequest request = requests.decode(raw.value(), raw.timeMillis());
      long now = getProcessingTimeService().getCurrentProcessingTime();
      bidder.decide(request, now, answer);
      if (answer.size() == 0) {
        meters.noBid(answer.reason());
        byte[] response = NoBidCodec.encode(request.id(), answer.reason(), now, place, order);
        emit(new OutRecord(topics.noBids(), OutRecord.BY_KEY, raw.key(), response));
      } else {
        meters.bid(answer.size());
        for (int i = 0; i < answer.size(); i++) {
          Offer offer = answer.offer(i);
          emit(
              new OutRecord(
                  topics.bids(),
                  OutRecord.BY_KEY,
                  offer.campaign().id().getBytes(StandardCharsets.UTF_8),
                  bids.encode(request, offer, now, place, order)));
        }
      }
      order.answered();
      meters.decision(System.nanoTime() - start);
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
    if (warmUp.isOver() && !bidder.isWarm()) {
      bidder.warmedUp();
      LOG.info("bidding subtask {} is warm", subtask);
    }
  }

  private void deadLetter(RawRecord raw, @Nullable String reason) {
    meters.biddingDeadLetter();
    emit(DeadLetterCodec.record(topics.deadLetters(), raw, String.valueOf(reason)));
  }

  private void emit(OutRecord record) {
    output.collect(new StreamRecord<>(record));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    frequency.update(subtask == 0 ? List.of(bytes(bidder.frequency())) : List.of());
  }

  private static byte[] bytes(FrequencyCounter counter) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1024);
    counter.write(out);
    return out.getCopyOfBuffer();
  }
}
