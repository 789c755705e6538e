package io.dualbid.stream.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dualbid.core.configuration.EngineConfig.Metrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of this JVM and the HTTP endpoint at which Prometheus reads them, {@code /metrics}.
 *
 * <p>Operators of one JVM share them: the first to ask opens the endpoint. Where the port is taken,
 * as by another task manager on the same machine, the next ones are tried.
 */
public final class MetricsEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsEndpoint.class);
  private static final int PORTS_TRIED = 16;
  private static final int OK = 200;
  private static final int UNAUTHORISED = 401;
  private static final int NO_BODY = -1;

  private static @Nullable MetricsEndpoint shared;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final EngineMetrics metrics = new EngineMetrics(registry);
  private @Nullable HttpServer server;

  private MetricsEndpoint() {
    new JvmMemoryMetrics().bindTo(registry);
  }

  /**
   * The meters of this JVM, open to whoever reaches an address.
   *
   * @param bind the address to listen on
   * @param port the first port to try; 0 opens no endpoint
   */
  public static EngineMetrics shared(String bind, int port) {
    return shared(new Metrics(bind, port, null));
  }

  /** The meters of this JVM, readable as settings say. */
  public static synchronized EngineMetrics shared(Metrics settings) {
    MetricsEndpoint endpoint = shared;
    if (endpoint == null) {
      endpoint = new MetricsEndpoint();
      shared = endpoint;
    }
    if (settings.port() != 0 && endpoint.server == null) {
      endpoint.server = endpoint.open(settings);
    }
    return endpoint.metrics;
  }

  /** The port that the endpoint of this JVM listens on, or 0. */
  public static synchronized int port() {
    MetricsEndpoint endpoint = shared;
    HttpServer server = endpoint == null ? null : endpoint.server;
    return server == null ? 0 : server.getAddress().getPort();
  }

  private @Nullable HttpServer open(Metrics settings) {
    String bind = settings.bind();
    int firstPort = settings.port();
    for (int port = firstPort; port < firstPort + PORTS_TRIED; port++) {
      try {
        HttpServer http = HttpServer.create(new InetSocketAddress(bind, port), 0);
        http.createContext("/metrics", exchange -> answer(exchange, settings.token()));
        http.start();
        LOG.info("metrics at http://{}:{}/metrics", bind, port);
        return http;
      } catch (BindException e) {
        LOG.debug("port {} is taken, trying the next", port, e);
      } catch (IOException e) {
        LOG.warn("no metrics endpoint on {}:{}", bind, port, e);
        return null;
      }
    }
    LOG.warn("no metrics endpoint: ports {} to {} are taken", firstPort, firstPort + PORTS_TRIED);
    return null;
  }

  private void answer(HttpExchange exchange, @Nullable String token) throws IOException {
    try (exchange) {
      if (token != null && !shows(exchange, token)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        exchange.sendResponseHeaders(UNAUTHORISED, NO_BODY);
        return;
      }
      byte[] page = registry.scrape().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
      exchange.sendResponseHeaders(OK, page.length);
      exchange.getResponseBody().write(page);
    }
  }

  /** Compares in a time that tells nothing of the token. */
  private static boolean shows(HttpExchange exchange, String token) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    return header != null
        && MessageDigest.isEqual(
            header.getBytes(StandardCharsets.UTF_8),
            ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
  }
}
