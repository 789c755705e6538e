package io.dualbid.simulator.cli;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.simulator.audit.TopicScan;
import io.dualbid.simulator.journal.Journal;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.LogStream;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.record.RawRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is known of ledgers and of the market: options of commands that look ahead. */
final class EvidenceOptions {
  @Option(
      names = "--journal",
      paramLabel = "SOURCE",
      description =
          "Ledgers and multipliers: a file that 'dualbid journal' wrote, or HOST:PORT of brokers.")
  private @Nullable String journal;

  @Option(
      names = "--config",
      paramLabel = "ENGINE",
      description = "Engine settings (YAML) where --journal names brokers (default: the defaults).")
  private @Nullable Path config;

  @Option(
      names = "--log",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Auctions as they may be expected: logs as 'dualbid replay' reads them.")
  private List<Path> logs = new ArrayList<>();

  @Option(
      names = "--log-span",
      converter = Durations.class,
      paramLabel = "TIME",
      description = "The time in which the auctions of the log came (default: 24h).")
  private Duration span = Duration.ofHours(24);

  /** Whether any of them was given. */
  boolean areGiven() {
    return journal != null || config != null || !logs.isEmpty();
  }

  /** What they say. */
  KnownEvidence evidence() throws IOException {
    if (span.isZero()) {
      throw new WrongInput("--log-span: found 0; accepted: a duration above 0");
    }
    LogOptions.requireThere(logs);
    AuctionLog log = null;
    if (!logs.isEmpty()) {
      try (LogStream stream = new LogStream(logs, null, false, null)) {
        log = AuctionLog.read(logs, stream, AuctionLog.Part.ALL, AuctionLog.Progress.NONE);
      } catch (IllegalArgumentException e) {
        throw new WrongInput(e.getMessage(), e);
      }
    }
    return new KnownEvidence(updates(), log, span.toMillis() / 3.6e6);
  }

  private Map<String, PacingUpdate> updates() throws IOException {
    Map<String, PacingUpdate> newest = new TreeMap<>();
    String source = journal;
    if (source == null) {
      return newest;
    }
    Consumer<RawRecord> reader =
        raw -> {
          try {
            if (raw.value() != null) {
              PacingUpdate update = PacingUpdateCodec.decode(raw.value());
              newest.merge(update.campaign(), update, (a, b) -> b.epoch() >= a.epoch() ? b : a);
            }
          } catch (UnreadableRecord e) {
            // Nobody could use it; the audit tells of it.
          }
        };
    if (Files.isRegularFile(Path.of(source))) {
      Journal read = JournalSource.file(source);
      read.records(read.engine().kafka().topics().pacing()).forEach(reader);
    } else {
      EngineConfig engine = JournalSource.engine(source, config);
      TopicScan.read(KafkaClients.of(engine), engine.kafka().topics().pacing(), reader);
    }
    return newest;
  }
}
