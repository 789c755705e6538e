package io.dualbid.simulator.console;

import io.dualbid.simulator.report.Page;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the page, which hold no numbers: they come from the jar and from nowhere else. */
final class Assets {
  /** Nothing but what this host serves: no inline script or style, no other host. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Map<String, Asset> assets;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Asset(String type, byte[] content) {}

  Assets() {
    Asset page = new Asset("text/html; charset=utf-8", resource("index.html"));
    assets =
        Map.of(
            "/",
            page,
            "/index.html",
            page,
            "/console.css",
            new Asset("text/css; charset=utf-8", style()),
            "/console.js",
            new Asset("text/javascript; charset=utf-8", resource("console.js")),
            "/charts.js",
            new Asset("text/javascript; charset=utf-8", resource("charts.js")),
            "/icon.svg",
            new Asset("image/svg+xml", resource("icon.svg")));
  }

  /** Colours are those of all pages. */
  private static byte[] style() {
    String own = new String(resource("console.css"), StandardCharsets.UTF_8);
    return (Page.COLOURS + own).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("/console/" + name)) {
      if (in == null) {
        throw new IllegalStateException("console/" + name + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("console/" + name + " can't be read", e);
    }
  }

  /** Serves a file; false where there is none of this name. */
  boolean serve(HttpServerExchange exchange) {
    @Nullable Asset asset = assets.get(exchange.getRequestPath());
    if (asset == null) {
      return false;
    }
    exchange.getResponseHeaders().put(Headers.CONTENT_SECURITY_POLICY, POLICY);
    Replies.send(exchange, 200, asset.type, asset.content);
    return true;
  }
}
