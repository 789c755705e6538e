package io.dualbid.stream.metrics;

import io.dualbid.core.configuration.EngineConfig.Metrics;
import io.dualbid.stream.http.BoundedHttpServer;
import io.dualbid.stream.http.Exchanges;
import io.dualbid.stream.http.HttpLimits;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.PathHandler;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.BindException;
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

  /** Few read meters, and each only so long; a page of many campaigns has megabytes. */
  private static final HttpLimits LIMITS =
      new HttpLimits(32, 2, 8_192, 1_024, 20_000, 5_000, 60_000, 20_000);

  private static @Nullable MetricsEndpoint shared;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final EngineMetrics metrics = new EngineMetrics(registry);
  private @Nullable BoundedHttpServer server;

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
    BoundedHttpServer server = endpoint == null ? null : endpoint.server;
    return server == null ? 0 : server.address().getPort();
  }

  private @Nullable BoundedHttpServer open(Metrics settings) {
    String bind = settings.bind();
    int firstPort = settings.port();
    String token = settings.token();
    HttpHandler page =
        new PathHandler().addPrefixPath("/metrics", exchange -> answer(exchange, token));
    try {
      BoundedHttpServer http =
          BoundedHttpServer.open("metrics-http", bind, firstPort, PORTS_TRIED, LIMITS, page);
      LOG.info("metrics at http://{}:{}/metrics", bind, http.address().getPort());
      return http;
    } catch (BindException e) {
      LOG.warn(
          "no metrics endpoint: ports {} to {} of {} are taken",
          firstPort,
          firstPort + PORTS_TRIED - 1,
          bind,
          e);
    } catch (IOException e) {
      LOG.warn("no metrics endpoint on {}:{}", bind, firstPort, e);
    }
    return null;
  }

  private void answer(HttpServerExchange exchange, @Nullable String token) {
    if (token != null && !shows(exchange, token)) {
      exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer");
      exchange.setStatusCode(StatusCodes.UNAUTHORIZED);
      exchange.endExchange();
      return;
    }
    exchange.dispatch(this::page);
  }

  private void page(HttpServerExchange exchange) {
    byte[] page = registry.scrape().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; version=0.0.4");
    Exchanges.send(exchange, page);
  }

  /** Compares in a time that tells nothing of the token. */
  private static boolean shows(HttpServerExchange exchange, String token) {
    String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
    return header != null
        && MessageDigest.isEqual(
            header.getBytes(StandardCharsets.UTF_8),
            ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
  }
}
