package io.dualbid.simulator.console;

import io.dualbid.stream.http.Exchanges;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Answers to requests of the page; all return at once, and the exchange ends when it is taken. */
final class Replies {
  private static final String JSON = "application/json; charset=utf-8";
  private static final HttpString RESOURCE_POLICY =
      HttpString.tryFromString("Cross-Origin-Resource-Policy");

  private Replies() {}

  /** Headers that every answer has: nothing is kept, framed, guessed or told to others. */
  static void headers(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(Headers.CACHE_CONTROL, "no-store");
    headers.put(Headers.X_CONTENT_TYPE_OPTIONS, "nosniff");
    headers.put(Headers.REFERRER_POLICY, "no-referrer");
    headers.put(RESOURCE_POLICY, "same-origin");
  }

  static void send(HttpServerExchange exchange, int status, String type, byte[] content) {
    headers(exchange);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
    exchange.setStatusCode(status);
    Exchanges.send(exchange, content);
  }

  static void json(HttpServerExchange exchange, int status, String document) {
    send(exchange, status, JSON, document.getBytes(StandardCharsets.UTF_8));
  }

  /** Says what was wrong, as a document with one field. */
  static void problem(HttpServerExchange exchange, int status, String message) {
    json(exchange, status, Documents.object(out -> out.writeStringField("problem", message)));
  }

  /** The parameters of a request; of one that comes twice the last counts. */
  static Map<String, String> parameters(HttpServerExchange exchange) {
    Map<String, String> parameters = new HashMap<>();
    for (Map.Entry<String, Deque<String>> entry : exchange.getQueryParameters().entrySet()) {
      parameters.put(entry.getKey(), entry.getValue().getLast());
    }
    return parameters;
  }
}
