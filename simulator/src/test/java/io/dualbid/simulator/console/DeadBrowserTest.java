package io.dualbid.simulator.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Browsers that ask and never read: others are served all the same, up to the number that may be.
 */
class DeadBrowserTest {
  private static final int MOST = 32;

  /** Nothing listens there: the page tells so and is served. */
  private static final EngineConfig NOWHERE =
      Configurations.engine("test", "kafka: { bootstrap: 'localhost:1' }", name -> null);

  private static Socket dead(URI page) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1_024);
    socket.connect(new InetSocketAddress(page.getHost(), page.getPort()));
    String host = page.getHost() + ":" + page.getPort();
    socket
        .getOutputStream()
        .write(
            ("GET /events HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static HttpURLConnection ask(URI page) throws IOException {
    return (HttpURLConnection) page.resolve("/events").toURL().openConnection();
  }

  private static void awaitFull(URI page) throws IOException, InterruptedException {
    long end = System.nanoTime() + 30_000_000_000L;
    int status = 0;
    while (status != 503) {
      assertThat(System.nanoTime()).as("refused when all places are taken").isLessThan(end);
      HttpURLConnection one = ask(page);
      status = one.getResponseCode();
      one.disconnect();
      Thread.sleep(20);
    }
  }

  @Test
  void othersAreServedBesideThem() throws Exception {
    List<Socket> dead = new ArrayList<>();
    try (ConsoleServer console = ConsoleServer.start(NOWHERE, ConsoleServer.Settings.local(0))) {
      URI page = URI.create(console.address());
      for (int i = 0; i < MOST - 1; i++) {
        dead.add(dead(page));
      }
      HttpURLConnection live = ask(page);
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(live.getInputStream(), StandardCharsets.UTF_8))) {
        int events = 0;
        while (events < 3) {
          String line = lines.readLine();
          assertThat(line).as("the stream goes on").isNotNull();
          events += line.startsWith("event:") || line.startsWith(":") ? 1 : 0;
        }
        dead.add(dead(page));
        awaitFull(page);
        assertThat(lines.readLine()).as("the stream goes on").isNotNull();
      }
    } finally {
      for (Socket socket : dead) {
        socket.close();
      }
    }
  }
}
