package io.dualbid.stream.launch;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.stream.access.AccessPlan;
import io.dualbid.stream.access.Role;
import io.dualbid.stream.bidding.BiddingJob;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.pacing.PacingJob;
import io.dualbid.stream.placement.EmbedderSource;
import io.dualbid.stream.placement.PlacementJob;
import io.dualbid.stream.topics.TopicSetup;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Submits one job: {@code flink run dualbid-job.jar bidding engine.yaml}, or {@code pacing}, or
 * {@code placement}. Each job is submitted by itself, so that they restart and scale apart. The
 * placement job measures fit by words in common here; positions and click weights in requests need
 * no measure.
 */
public final class JobMain {
  private static final Set<String> JOBS = Set.of("bidding", "pacing", "placement");

  private JobMain() {}

  /**
   * Builds and submits the job.
   *
   * @param args {@code bidding}, {@code pacing} or {@code placement}, then the file of engine
   *     settings
   */
  public static void main(String[] args) throws Exception {
    if (args.length != 2 || !JOBS.contains(args[0])) {
      throw new IllegalArgumentException(
          "found "
              + String.join(" ", args)
              + "; accepted: bidding FILE, pacing FILE or placement FILE, where FILE holds engine"
              + " settings (YAML)");
    }
    EngineConfig engine =
        Configurations.engine(args[1], TextFile.read(Path.of(args[1])), System::getenv);
    Role role = Role.valueOf(args[0].toUpperCase(Locale.ROOT));
    TopicSetup.ensure(KafkaClients.of(engine), engine, AccessPlan.topics(engine, role));
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    switch (args[0]) {
      case "bidding" -> BiddingJob.build(environment, engine);
      case "placement" -> PlacementJob.build(environment, engine, EmbedderSource.WORDS);
      default -> PacingJob.build(environment, engine);
    }
    environment.execute("dualbid " + args[0]);
  }
}
