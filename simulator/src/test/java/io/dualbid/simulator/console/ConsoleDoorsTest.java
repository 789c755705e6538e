package io.dualbid.simulator.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Who comes to the console with anything but a well-formed request, or with wrong values. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class ConsoleDoorsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TOKEN = "0123456789abcdef";

  /** Nothing listens there: the page tells so and is served. */
  private static final EngineConfig NOWHERE =
      Configurations.engine("test", "kafka: { bootstrap: 'localhost:1' }", name -> null);

  @TempDir private Path folder = Path.of("");
  private final HttpClient http = HttpClient.newHttpClient();

  private ConsoleServer console(String bind) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), TOKEN);
    return ConsoleServer.start(NOWHERE, new ConsoleServer.Settings(bind, 0, false, token));
  }

  private static URI page(ConsoleServer console, String path) {
    return URI.create("http://127.0.0.1:" + URI.create(console.address()).getPort() + path);
  }

  private HttpResponse<String> get(ConsoleServer console, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(page(console, path)).timeout(PATIENCE);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> change(ConsoleServer console, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(page(console, "/campaign/a"))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + TOKEN)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static Socket sends(ConsoleServer console, String text) throws IOException {
    Socket socket = new Socket();
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), page(console, "/").getPort()));
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    return socket;
  }

  private static List<Socket> halfOpen(ConsoleServer console) throws IOException {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      open.add(sends(console, ""));
      open.add(sends(console, "GET / HTTP/1.1\r\nHost: local"));
      open.add(
          sends(
              console,
              "POST /campaign/a HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                  + TOKEN
                  + "\r\nContent-Length: 50\r\n\r\n{"));
    }
    return open;
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void isServedBesideHalfOpenConnections() throws Exception {
    try (ConsoleServer console = console("127.0.0.1")) {
      List<Socket> open = halfOpen(console);
      assertThat(get(console, "/").statusCode()).isEqualTo(200);
      assertThat(get(console, "/explain/a").statusCode()).isEqualTo(404);
      close(open);
    }
  }

  @Test
  void asksForTheTokenBesideHalfOpenConnections() throws Exception {
    try (ConsoleServer console = console("0.0.0.0")) {
      List<Socket> open = halfOpen(console);
      assertThat(get(console, "/events").statusCode()).isEqualTo(401);
      assertThat(get(console, "/explain/a", "Authorization", "Bearer wrong").statusCode())
          .isEqualTo(401);
      assertThat(get(console, "/explain/a", "Authorization", "Bearer " + TOKEN).statusCode())
          .isEqualTo(404);
      close(open);
    }
  }

  @Test
  void saysWhatIsWrongWithAChange() throws Exception {
    try (ConsoleServer console = console("127.0.0.1")) {
      String[][] wrong = {
        {"", "found no JSON object; accepted: one"},
        {"{", "found no JSON; accepted: a JSON object"},
        {"[]", "found no JSON object; accepted: one"},
        {"{}", "found the action ''; accepted: pause, resume or budget"},
        {"{\"action\": \"pause\"}", "found no usable 'author'; accepted: a text of 1 to 500"},
        {"{\"action\": \"pause\", \"author\": \"anna\"}", "found no usable 'reason'"},
        {
          "{\"action\": \"budget\", \"budget\": \"x\"}", "found the budget 'x'; accepted: an amount"
        },
      };
      for (String[] one : wrong) {
        HttpResponse<String> answer = change(console, one[0]);
        assertThat(answer.statusCode()).as(one[0]).isEqualTo(400);
        assertThat(answer.body()).as(one[0]).contains("\"problem\":\"" + one[1]);
      }
      assertThat(change(console, "{\"action\": \"pause\", \"author\": \" \"}").body())
          .contains("\"field\":\"author\"");
      HttpResponse<String> events = get(console, "/events?limit=many");
      assertThat(events.statusCode()).isEqualTo(400);
      assertThat(events.body()).contains("limit: found 'many'; accepted: 1 to 200");
    }
  }

  @Test
  void refusesWhatIsTooLong() throws Exception {
    try (ConsoleServer console = console("127.0.0.1")) {
      HttpResponse<String> body = change(console, "x".repeat(Changes.MOST_BYTES + 1));
      assertThat(body.statusCode()).isEqualTo(413);
      assertThat(body.body()).contains("found a change of more than 8192 bytes");
      assertThat(get(console, "/", "X-Long", "x".repeat(20_000)).statusCode()).isEqualTo(400);
      assertThat(get(console, "/").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void answersOnlyWhatIsMeantForThisHost() throws Exception {
    try (ConsoleServer console = console("127.0.0.1");
        Socket other = sends(console, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")) {
      other.setSoTimeout((int) PATIENCE.toMillis());
      byte[] status = other.getInputStream().readNBytes(12);
      assertThat(new String(status, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 421");
    }
  }
}
