package io.dualbid.stream.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.configuration.EngineConfig.Metrics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {
  private static final String TOKEN = "a-token-of-the-environment";

  private static HttpResponse<String> read(int port, String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void metersAreToldToWhoShowsTheToken() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    MetricsEndpoint.shared(new Metrics("127.0.0.1", free, TOKEN));
    int port = MetricsEndpoint.port();

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
