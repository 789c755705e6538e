package io.dualbid.benchmarks;

import io.dualbid.core.configuration.EngineConfig.Account;
import io.dualbid.core.configuration.EngineConfig.Bidding;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.engine.Answer;
import io.dualbid.core.engine.Bidder;
import io.dualbid.core.engine.BidderConfig;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.targeting.FrequencyCounter;
import io.dualbid.simulator.play.GeneratedCampaigns;
import io.dualbid.simulator.world.GeneratedWorld;
import io.dualbid.simulator.world.Landscape;
import io.dualbid.simulator.world.Opportunity;
import io.dualbid.stream.codec.AnswerOrder;
import io.dualbid.stream.codec.BidCodec;
import io.dualbid.stream.codec.BidRequestDecoder;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.codec.UnreadableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the OpenRTB codec costs on one core: reading a generated request of some 400 bytes, and
 * writing the response to it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CodecBenchmark {
  private static final int REQUESTS = 1_024;
  private static final long NOW = 1_000_000;

  private final Account account = new Account("USD", Map.of(), "seat-1", false);
  private final BidRequestDecoder decoder = new BidRequestDecoder(account, 100);
  private final BidCodec bids = new BidCodec(account);
  private final AnswerOrder order = new AnswerOrder(Topics.DEFAULT, 1, 0);
  private final List<byte[]> requests = new ArrayList<>();
  private final List<BidRequest> answered = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private int next;

  /** Decides the requests once, so that there is something to write. */
  @Setup
  public void decide() throws UnreadableRecord {
    Bidder bidder =
        new Bidder(
            new BidderConfig(false, 20, 3_000, Bidding.DEFAULT_RANKING_SPREAD),
            1,
            new FrequencyCounter(65_536, 1_000));
    for (Campaign campaign : GeneratedCampaigns.of(50, 1_000, 1, 0, 2 * NOW)) {
      bidder.define(campaign);
      bidder.pacing(campaign.id(), 1, Multipliers.budget(1), PacingUpdate.State.ACTIVE, NOW);
      bidder.lease(new Lease(1, campaign.id(), 1, 0, Long.MAX_VALUE / 4, 0, NOW + 10_000), NOW);
    }
    bidder.warmedUp();
    try (GeneratedWorld world = new GeneratedWorld(Landscape.DISPLAY, 1, 100 * REQUESTS)) {
      for (Opportunity offered = world.next();
          offered != null && requests.size() < REQUESTS;
          offered = world.next()) {
        BidRequest request = decoder.decode(offered.request(), NOW);
        Answer answer = new Answer();
        bidder.decide(request, NOW, answer);
        if (answer.size() > 0) {
          requests.add(offered.request());
          answered.add(request);
          answers.add(answer);
        }
      }
    }
    if (requests.size() < REQUESTS) {
      throw new IllegalStateException("only " + requests.size() + " requests were bid on");
    }
  }

  /** Reads one request. */
  @Benchmark
  public BidRequest decode() throws UnreadableRecord {
    next = (next + 1) % REQUESTS;
    return decoder.decode(requests.get(next), NOW);
  }

  /** Writes one response. */
  @Benchmark
  public byte[] encode() {
    next = (next + 1) % REQUESTS;
    byte[] response =
        bids.encode(
            answered.get(next), answers.get(next).offer(0), NOW, new RequestPlace(0, next), order);
    order.answered();
    return response;
  }
}
