package io.dualbid.stream.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.configuration.EngineConfig.Metrics;
import io.dualbid.stream.http.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {
  private static final String TOKEN = "a-token-of-the-environment";

  private static HttpResponse<String> read(int port, String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    request.timeout(Duration.ofSeconds(60));
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static int port() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    MetricsEndpoint.shared(new Metrics("127.0.0.1", free, TOKEN));
    return MetricsEndpoint.port();
  }

  @Test
  void metersAreToldBesideHalfOpenConnections() throws Exception {
    int port = port();
    List<RawClient> open = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      RawClient client =
          new RawClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      client.send(i % 2 == 0 ? "" : "GET /metrics HTTP/1.1\r\nAuthorization: Bear");
      open.add(client);
    }
    assertThat(read(port, "").statusCode()).isEqualTo(401);
    assertThat(read(port, "Bearer " + TOKEN).statusCode()).isEqualTo(200);
    for (RawClient client : open) {
      client.close();
    }
  }

  @Test
  void metersAreToldToWhoShowsTheToken() throws Exception {
    int port = port();

    for (String shown : new String[] {"", "Bearer", "Bearer wrong", TOKEN, "Basic " + TOKEN}) {
      HttpResponse<String> refused = read(port, shown);
      assertThat(refused.statusCode()).as(shown).isEqualTo(401);
      assertThat(refused.body()).as(shown).isEmpty();
      assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }
    HttpResponse<String> told = read(port, "Bearer " + TOKEN);
    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(told.body()).contains("dualbid_requests_total").doesNotContain(TOKEN);
  }
}
