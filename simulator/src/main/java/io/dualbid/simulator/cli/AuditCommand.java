package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.simulator.audit.Audit;
import io.dualbid.simulator.audit.AuditReport;
import io.dualbid.simulator.play.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Folds the journal and compares. */
@Command(
    name = "audit",
    description =
        "Folds the journal from its beginning and compares it with the published ledgers; exit"
            + " status 1 where they differ or a rule is broken.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: dualbid audit --bootstrap localhost:9092"})
final class AuditCommand implements Callable<Integer> {
  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Addresses of brokers, where no --config is given.")
  private @Nullable String bootstrap;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Engine settings (YAML): address, topics, security and win window.")
  private @Nullable Path config;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    AuditReport report = Audit.of(engine());
    if (json) {
      ObjectNode document = new ObjectMapper().createObjectNode();
      document.put("schema", 1);
      document.put("command", "audit");
      document.setAll(Summary.audit(report));
      System.out.println(Summary.text(document));
    } else {
      Summary.print(report, System.out);
    }
    return report.isOk() ? 0 : Main.FAILED;
  }

  private EngineConfig engine() throws IOException {
    Path file = config;
    String address = bootstrap;
    if (file != null) {
      return EngineFile.read(file);
    }
    if (address == null) {
      throw new WrongInput("found neither --bootstrap nor --config; accepted: one of them");
    }
    return EngineFile.at(address);
  }
}
