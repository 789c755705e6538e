package io.dualbid.simulator.cli;

import io.dualbid.simulator.audit.Audit;
import io.dualbid.simulator.audit.AuditReport;
import io.dualbid.simulator.audit.CampaignFold;
import io.dualbid.simulator.delivery.Delivery;
import io.dualbid.simulator.delivery.DeliveryFiles;
import io.dualbid.simulator.delivery.DeliveryReport;
import io.dualbid.simulator.delivery.NoBids;
import io.dualbid.simulator.delivery.Window;
import io.dualbid.simulator.journal.Journal;
import io.dualbid.simulator.play.Summary;
import io.dualbid.stream.record.RawRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What was delivered for one campaign. */
@Command(
    name = "report",
    description = {
      "Tells from the journal what was delivered for a campaign: spend against plan by hour, costs,"
          + " return on spend, reach and frequency, why requests got no bid, and what more budget"
          + " would have bought.",
      "Its sums are those of 'dualbid audit'.",
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: dualbid report spring-sale --journal journal.jsonl.gz --out reports/spring-sale",
    })
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CAMPAIGN", description = "Its id.")
  private String campaign = "";

  @Option(
      names = "--journal",
      required = true,
      paramLabel = "SOURCE",
      description = "A file that 'dualbid journal' wrote, or HOST:PORT of brokers.")
  private String source = "";

  @Option(
      names = "--config",
      paramLabel = "ENGINE",
      description = "Engine settings (YAML) where --journal names brokers (default: the defaults).")
  private @Nullable Path config;

  @Option(
      names = "--from",
      converter = Moments.class,
      paramLabel = "TIME",
      description = "First moment, as 2026-03-02T12:00:00Z (default: the journal's first).")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      converter = Moments.class,
      paramLabel = "TIME",
      description = "The moment at which it ends (default: the journal's last).")
  private @Nullable Instant to;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Write report.html, delivery.csv and summary.json there.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Path folder = out;
    if (folder == null && !json) {
      throw new WrongInput("--out: found nothing; accepted: a folder, or --json");
    }
    Long start = millis(from);
    Long end = millis(to);
    Journal journal = JournalSource.read(source, config);
    CampaignFold fold = fold(journal);
    Window window = window(journal, start, end);
    Delivery delivery = Delivery.of(fold, window);
    NoBids noBids = NoBids.of(journal.records(journal.engine().kafka().topics().noBids()), window);
    String summary = Summary.text(new DeliveryFiles(delivery, noBids).json()) + "\n";
    if (folder != null) {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("report.html"), new DeliveryReport(delivery, noBids).html());
      Files.writeString(folder.resolve("delivery.csv"), new DeliveryFiles(delivery, noBids).csv());
      Files.writeString(folder.resolve("summary.json"), summary);
    }
    System.out.print(
        json ? summary : "wrote " + folder + ": report.html, delivery.csv, summary.json\n");
    System.out.flush();
    return 0;
  }

  private CampaignFold fold(Journal journal) {
    AuditReport audit =
        Audit.of(
            journal.engine(),
            (topic, taker) -> {
              List<RawRecord> records = journal.records(topic);
              records.forEach(taker);
              return records.size();
            });
    CampaignFold fold = audit.campaigns().get(campaign);
    if (fold == null) {
      throw new WrongInput(
          "found the campaign '"
              + campaign
              + "'; accepted: one of the journal: "
              + String.join(", ", audit.campaigns().keySet()));
    }
    return fold;
  }

  /** What was asked for, or the time of the journal. */
  private static Window window(Journal journal, @Nullable Long from, @Nullable Long to) {
    var topics = journal.engine().kafka().topics();
    LongSummaryStatistics times =
        Stream.of(topics.bids(), topics.outcomes())
            .flatMap(topic -> journal.records(topic).stream())
            .mapToLong(RawRecord::timeMillis)
            .summaryStatistics();
    if (times.getCount() == 0 && (from == null || to == null)) {
      throw new WrongInput(
          "--journal: found neither bids nor outcomes; accepted: a journal that has some");
    }
    long start = from == null ? times.getMin() : from;
    long end = to == null ? times.getMax() + 1 : to;
    if (start >= end) {
      throw new WrongInput("--from, --to: found no time between them; accepted: from before to");
    }
    return new Window(start, end);
  }

  private static @Nullable Long millis(@Nullable Instant moment) {
    return moment == null ? null : moment.toEpochMilli();
  }
}
