package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.simulator.operations.WatchFiles;
import io.dualbid.stream.metrics.MetricsEndpoint;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every metric that a dashboard or an alert names is in a scrape of a running demo. */
final class WatchedMetricsIT {
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)[{ ]");
  private static final long LOOK_MILLIS = 250;

  @Test
  void dashboardsAndAlertsNameWhatARunningDemoServes() throws Exception {
    SortedSet<String> missing = WatchFiles.metrics();
    assertThat(missing).hasSizeGreaterThan(20);
    String port = Integer.toString(freePort());
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> demo =
          thread.submit(
              () ->
                  Captured.run(
                          "demo",
                          "--duration",
                          "8s",
                          "--rate",
                          "200",
                          "--campaign-count",
                          "6",
                          "--content-rate",
                          "20",
                          "--metrics-port",
                          port,
                          "--json")
                      .status());
      HttpClient client = HttpClient.newHttpClient();
      while (!demo.isDone() && !missing.isEmpty()) {
        Thread.sleep(LOOK_MILLIS);
        int open = MetricsEndpoint.port();
        if (open != 0) {
          missing.removeAll(names(client, open));
        }
      }
      assertThat(demo.get()).isZero();
    } finally {
      thread.shutdownNow();
    }
    assertThat(missing).as("named, but not served").isEmpty();
  }

  private static Set<String> names(HttpClient client, int port)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    Matcher samples = SAMPLE.matcher(client.send(request, BodyHandlers.ofString()).body());
    TreeSet<String> names = new TreeSet<>();
    while (samples.find()) {
      names.add(samples.group(1));
    }
    return names;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
