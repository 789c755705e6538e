package io.dualbid.stream.launch;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.stream.bidding.BiddingJob;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.pacing.PacingJob;
import io.dualbid.stream.topics.TopicSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Submits one job: {@code flink run dualbid-job.jar bidding engine.yaml}, or {@code pacing}. Each
 * job is submitted by itself, so that they restart and scale apart.
 */
public final class JobMain {
  private JobMain() {}

  /**
   * Builds and submits the job.
   *
   * @param args {@code bidding} or {@code pacing}, then the file of engine settings
   */
  public static void main(String[] args) throws Exception {
    if (args.length != 2 || !(args[0].equals("bidding") || args[0].equals("pacing"))) {
      throw new IllegalArgumentException(
          "found "
              + String.join(" ", args)
              + "; accepted: bidding FILE or pacing FILE, where FILE holds engine settings (YAML)");
    }
    EngineConfig engine =
        Configurations.engine(args[1], Files.readString(Path.of(args[1])), System::getenv);
    TopicSetup.ensure(KafkaClients.of(engine), engine);
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    if (args[0].equals("bidding")) {
      BiddingJob.build(environment, engine);
    } else {
      PacingJob.build(environment, engine);
    }
    environment.execute("dualbid " + args[0]);
  }
}
