package io.dualbid.simulator.cli;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.Campaign;
import io.dualbid.simulator.operate.CampaignHistory;
import io.dualbid.simulator.operate.CampaignPublisher;
import io.dualbid.simulator.operate.CampaignVersion;
import io.dualbid.simulator.operate.Edit;
import io.dualbid.simulator.operate.Publication;
import io.dualbid.simulator.operate.Signature;
import io.dualbid.simulator.operate.VersionConflict;
import io.dualbid.stream.launch.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes definitions of campaigns. */
@Command(
    name = "apply",
    description = {
      "Publishes the campaigns of a file, all of them in one transaction or none; each becomes a"
          + " version with author, time and reason.",
      "Campaigns that are published but not in the file stay as they are.",
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: dualbid apply config/campaigns.yaml --config config/engine.yaml --reason 'spring'",
    })
final class ApplyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "Campaigns (YAML).")
  private @Nullable Path file;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "ENGINE",
      description = "Engine settings (YAML): address, topics and security.")
  private @Nullable Path config;

  @Option(
      names = "--author",
      paramLabel = "NAME",
      description = "Whoever answers for it (default: the user that runs this).")
  private String author = System.getProperty("user.name", "");

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, in a sentence.")
  private String reason = "";

  @Option(names = "--dry-run", description = "Print the records that would be written, no more.")
  private boolean dryRun;

  @Option(
      names = "--rollback",
      description = "Bring back the version before, of each campaign in the file.")
  private boolean rollback;

  @Override
  public Integer call() throws Exception {
    Path campaignFile = file;
    Path engineFile = config;
    if (campaignFile == null || engineFile == null) {
      throw new WrongInput("found no FILE; accepted: campaigns (YAML)");
    }
    if (author.isBlank()) {
      throw new WrongInput("--author: found nothing; accepted: a name");
    }
    List<Campaign> campaigns =
        Configurations.campaigns(campaignFile.toString(), TextFile.read(campaignFile));
    EngineConfig engine = EngineFile.read(engineFile);
    CampaignPublisher publisher = new CampaignPublisher(engine, Clock.systemUTC());
    List<Edit> edits = rollback ? returns(engine, campaigns) : definitions(campaigns);
    Signature signature = new Signature(author, reason);
    try {
      if (dryRun) {
        print(publisher.plan(edits, signature));
      } else {
        tell(publisher.publish(edits, signature));
      }
    } catch (VersionConflict e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new WrongInput(String.valueOf(e.getMessage()), e);
    }
    return 0;
  }

  private static List<Edit> definitions(List<Campaign> campaigns) {
    return campaigns.stream().map(Edit::define).toList();
  }

  /** Back to the version before the newest, expecting that this is still the newest. */
  private static List<Edit> returns(EngineConfig engine, List<Campaign> campaigns)
      throws IOException {
    CampaignHistory history = CampaignHistory.of(engine);
    List<Edit> edits = new ArrayList<>();
    for (Campaign campaign : campaigns) {
      CampaignVersion newest = history.newest(campaign.id());
      CampaignVersion before =
          newest == null ? null : history.find(campaign.id(), newest.number() - 1);
      if (newest == null || before == null) {
        throw new WrongInput(
            "--rollback: found no version before of "
                + campaign.id()
                + "; accepted: campaigns that were changed");
      }
      edits.add(Edit.restore(before).expecting(newest.number()));
    }
    return edits;
  }

  private static void print(Publication publication) {
    for (ProducerRecord<byte[], byte[]> record : publication.records()) {
      byte[] value = record.value();
      StringBuilder line =
          new StringBuilder(record.topic())
              .append('\t')
              .append(new String(record.key(), StandardCharsets.UTF_8))
              .append('\t')
              .append(value == null ? "null" : new String(value, StandardCharsets.UTF_8));
      record
          .headers()
          .forEach(
              header ->
                  line.append('\t')
                      .append(header.key())
                      .append('=')
                      .append(new String(header.value(), StandardCharsets.UTF_8)));
      System.out.println(line);
    }
    System.out.println(publication.records().size() + " records, not written");
  }

  private static void tell(Publication publication) {
    for (int i = 0; i < publication.versions().size(); i++) {
      CampaignVersion version = publication.versions().get(i);
      System.out.printf(
          Locale.ROOT,
          "%s: version %d%s%n",
          version.campaign(),
          version.number(),
          version.definition() == null ? ", withdrawn" : "");
    }
    publication.unchanged().forEach(id -> System.out.println(id + ": as it was"));
  }
}
