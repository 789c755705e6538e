package io.dualbid.simulator.cli;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Allocation;
import io.dualbid.simulator.marketplace.MarketplacePolicy;
import io.dualbid.stream.launch.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where engine settings come from. */
final class EngineFile {
  /** How long an answer may take in the demo, where nothing else is said. */
  static final String DEFAULT_TMAX = "300ms";

  private EngineFile() {}

  /** Reads a file. */
  static EngineConfig read(Path file) throws IOException {
    return Configurations.engine(file.toString(), TextFile.read(file), System::getenv);
  }

  /**
   * The text of the settings of the demo.
   *
   * @param bootstrap the broker's address
   * @param tmax how long an answer may take, as settings write it
   */
  static String demoText(String bootstrap, String tmax) throws IOException {
    return resource("demo-engine.yaml").replace("BOOTSTRAP", bootstrap).replace("TMAX", tmax);
  }

  /**
   * The text of the settings of a marketplace.
   *
   * @param bootstrap the broker's address
   * @param tmax how long an answer may take, as settings write it
   */
  static String marketplaceText(String bootstrap, Allocation.Kind allocation, String tmax)
      throws IOException {
    return resource("marketplace-engine.yaml")
        .replace("BOOTSTRAP", bootstrap)
        .replace("ALLOCATION", MarketplacePolicy.label(allocation))
        .replace("TMAX", tmax);
  }

  /** The same settings. */
  static EngineConfig marketplace(String bootstrap, Allocation.Kind allocation) throws IOException {
    return Configurations.engine(
        "marketplace-engine.yaml",
        marketplaceText(bootstrap, allocation, DEFAULT_TMAX),
        System::getenv);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = EngineFile.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The settings that a text holds. */
  static EngineConfig parse(String text) {
    return Configurations.engine("demo-engine.yaml", text, System::getenv);
  }

  /** Settings for a cluster of which only the address is known. */
  static EngineConfig at(String bootstrap) {
    return Configurations.engine("--bootstrap", addressText(bootstrap), n -> null);
  }

  /** The text of such settings. */
  static String addressText(String bootstrap) {
    return "kafka:\n  bootstrap: '" + bootstrap.replace("'", "''") + "'\n";
  }
}
