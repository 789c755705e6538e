package io.dualbid.stream.metrics;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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

  private static @Nullable MetricsEndpoint shared;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final EngineMetrics metrics = new EngineMetrics(registry);
  private @Nullable HttpServer server;

  private MetricsEndpoint() {
    new JvmMemoryMetrics().bindTo(registry);
  }

  /**
   * The meters of this JVM.
   *
   * @param bind the address to listen on
   * @param port the first port to try; 0 opens no endpoint
   */
  public static synchronized EngineMetrics shared(String bind, int port) {
    MetricsEndpoint endpoint = shared;
    if (endpoint == null) {
      endpoint = new MetricsEndpoint();
      shared = endpoint;
    }
    if (port != 0 && endpoint.server == null) {
      endpoint.server = endpoint.open(bind, port);
    }
    return endpoint.metrics;
  }

  /** The port that the endpoint of this JVM listens on, or 0. */
  public static synchronized int port() {
    MetricsEndpoint endpoint = shared;
    HttpServer server = endpoint == null ? null : endpoint.server;
    return server == null ? 0 : server.getAddress().getPort();
  }

  private @Nullable HttpServer open(String bind, int firstPort) {
    for (int port = firstPort; port < firstPort + PORTS_TRIED; port++) {
      try {
        HttpServer http = HttpServer.create(new InetSocketAddress(bind, port), 0);
        http.createContext(
            "/metrics",
            exchange -> {
              byte[] page = registry.scrape().getBytes(StandardCharsets.UTF_8);
              exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
              exchange.sendResponseHeaders(200, page.length);
              try (OutputStream body = exchange.getResponseBody()) {
                body.write(page);
              }
            });
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
}
