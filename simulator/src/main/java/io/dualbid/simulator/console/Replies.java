package io.dualbid.simulator.console;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Answers to requests of the page. */
final class Replies {
  private static final String JSON = "application/json; charset=utf-8";

  private Replies() {}

  /** Headers that every answer has: nothing is kept, framed, guessed or told to others. */
  static void headers(HttpExchange exchange) {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }

  static void send(HttpExchange exchange, int status, String type, byte[] content)
      throws IOException {
    headers(exchange);
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean empty = content.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, empty ? -1 : content.length);
    if (!empty) {
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(content);
      }
    }
  }

  static void json(HttpExchange exchange, int status, String document) throws IOException {
    send(exchange, status, JSON, document.getBytes(StandardCharsets.UTF_8));
  }

  /** Says what was wrong, as a document with one field. */
  static void problem(HttpExchange exchange, int status, String message) throws IOException {
    json(exchange, status, Documents.object(out -> out.writeStringField("problem", message)));
  }

  /** The parameters of a request; of one that comes twice the last counts. */
  static Map<String, String> parameters(HttpExchange exchange) {
    Map<String, String> parameters = new HashMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    if (query != null) {
      for (String part : query.split("&", -1)) {
        int equals = part.indexOf('=');
        if (equals > 0) {
          parameters.put(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
        }
      }
    }
    return parameters;
  }

  /**
   * A part of an address in plain text.
   *
   * @throws IllegalArgumentException if it is badly encoded
   */
  static String decoded(String text) {
    return java.net.URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
