package io.dualbid.simulator.cli;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.operate.CampaignHistory;
import io.dualbid.simulator.operate.CampaignVersion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The versions of a campaign. */
@Command(
    name = "history",
    description = "Lists the versions of a campaign: when, by whom, why.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: dualbid history spring-sale --config config/engine.yaml"})
final class HistoryCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CAMPAIGN", description = "Its id.")
  private String campaign = "";

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Engine settings (YAML): address, topics and security.")
  private @Nullable Path config;

  @Override
  public Integer call() throws Exception {
    Path file = config;
    if (file == null) {
      throw new WrongInput("--config: found nothing; accepted: engine settings (YAML)");
    }
    EngineConfig engine = EngineFile.read(file);
    List<CampaignVersion> versions = CampaignHistory.of(engine).of(campaign);
    if (versions.isEmpty()) {
      throw new WrongInput("found no version of " + campaign + "; accepted: one that was applied");
    }
    System.out.printf(
        Locale.ROOT,
        "%7s  %-24s %-16s %-10s %14s  %s%n",
        "version",
        "time",
        "author",
        "status",
        "budget",
        "reason");
    for (CampaignVersion version : versions) {
      Campaign definition = version.definition();
      System.out.printf(
          Locale.ROOT,
          "%7d  %-24s %-16s %-10s %14s  %s%n",
          version.number(),
          Instant.ofEpochMilli(version.timeMillis()),
          version.author(),
          definition == null ? "withdrawn" : definition.status().name().toLowerCase(Locale.ROOT),
          definition == null ? "" : Money.format(definition.budgetNanos()),
          version.reason());
    }
    return 0;
  }
}
