package io.dualbid.stream.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A real Prometheus that scrapes one endpoint and evaluates the rules that operators are given. */
public final class Prometheus implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/prometheus");
  private static final Path TOOL = Path.of("/usr/bin/promtool");
  private static final Path RULES = Path.of("..", "config", "prometheus");
  private static final long PATIENCE_MILLIS = 90_000;
  private static final long LOOK_MILLIS = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final int port;
  private final Path log;

  /**
   * Starts it. The rules are the shipped ones with one change: what must hold for minutes before an
   * operator is woken need only hold for a second.
   */
  public Prometheus(Path folder, int target) throws IOException {
    String rules =
        Files.readString(RULES.resolve("alerts.yaml")).replaceAll("(?m)^( +for:) .*$", "$1 1s");
    Files.writeString(folder.resolve("alerts.yaml"), rules);
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yaml"),
            """
            global: { scrape_interval: 500ms, evaluation_interval: 500ms }
            rule_files: [alerts.yaml]
            scrape_configs:
              - job_name: dualbid
                static_configs: [{ targets: ["127.0.0.1:%d"] }]
            """
                .formatted(target));
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    log = folder.resolve("prometheus.log");
    process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  /** Whether this machine has the programs. */
  public static boolean isInstalled() {
    return Files.isExecutable(PROGRAM) && Files.isExecutable(TOOL);
  }

  /** Runs promtool in the folder of the shipped rules. */
  public static String promtool(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = TOOL.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    File output = File.createTempFile("promtool", ".log");
    int status =
        new ProcessBuilder(command)
            .directory(RULES.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start()
            .waitFor();
    String said = Files.readString(output.toPath());
    Files.delete(output.toPath());
    return status == 0 ? "ok" : said;
  }

  /** The alerts that fire now: name and campaign, where one is named, to what is said of it. */
  public Map<String, String> firing() throws IOException, InterruptedException {
    Map<String, String> firing = new TreeMap<>();
    for (JsonNode alert : get("/api/v1/alerts").at("/data/alerts")) {
      if (alert.path("state").asText().equals("firing")) {
        String campaign = alert.at("/labels/campaign").asText();
        firing.put(
            alert.at("/labels/alertname").asText() + (campaign.isEmpty() ? "" : " " + campaign),
            alert.at("/annotations/action").asText());
      }
    }
    return firing;
  }

  /** Waits until its scrapes succeed. */
  public void awaitScrape() throws IOException, InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (true) {
      try {
        JsonNode up = get("/api/v1/query?query=up");
        if (up.at("/data/result/0/value/1").asText().equals("1")) {
          return;
        }
      } catch (IOException e) {
        if (System.currentTimeMillis() > end || !process.isAlive()) {
          throw e;
        }
      }
      requireTime(end, "a scrape succeeds");
    }
  }

  /** Waits until an alert fires; {@code meanwhile} is done between looks. */
  public void await(String alert, Runnable meanwhile) throws IOException, InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (!firing().containsKey(alert)) {
      meanwhile.run();
      requireTime(end, alert + " fires; firing are " + firing().keySet());
    }
  }

  /** Waits until an alert fires no more. */
  public void awaitEnd(String alert) throws IOException, InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (firing().containsKey(alert)) {
      requireTime(end, alert + " ends");
    }
  }

  private void requireTime(long end, String what) throws IOException, InterruptedException {
    if (System.currentTimeMillis() > end) {
      throw new AssertionError("waited in vain until " + what + "\n" + Files.readString(log));
    }
    Thread.sleep(LOOK_MILLIS);
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
