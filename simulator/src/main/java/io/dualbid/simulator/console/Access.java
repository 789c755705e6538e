package io.dualbid.simulator.console;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may read, and who may change something. Changes need the token, in the header {@code
 * Authorization: Bearer}; reading needs it too unless the page is bound to this machine alone. No
 * cookie is ever set, so that another site can't act in the name of who has the page open; and
 * requests must be meant for this host, so that another site can't pose as it by its name.
 *
 * @param loopback whether only this machine is served
 * @param token what callers must show
 * @param generated whether the token was made up for this run
 */
record Access(boolean loopback, String token, boolean generated) {
  /** Where a token may stand in the environment. */
  static final String VARIABLE = "DUALBID_CONSOLE_TOKEN";

  private static final int SHORTEST = 16;
  private static final String SCHEME = "Bearer ";
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * The access to a page at an address.
   *
   * @param file a file that holds the token, or null
   * @param environment the token as the environment has it, or null
   * @throws IllegalArgumentException if the token is too short or the address is none
   * @throws IOException if the file can't be read
   */
  static Access of(String bind, @Nullable Path file, @Nullable String environment)
      throws IOException {
    boolean loopback;
    try {
      loopback = InetAddress.getByName(bind).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "--bind: found '" + bind + "'; accepted: an address of this machine, or its name", e);
    }
    String token = file == null ? environment : Files.readString(file).strip();
    if (token == null || (token.isEmpty() && file == null)) {
      byte[] random = new byte[18];
      new SecureRandom().nextBytes(random);
      String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      return new Access(loopback, made, true);
    }
    if (token.length() < SHORTEST) {
      throw new IllegalArgumentException(
          (file == null ? VARIABLE : file + ":1:1")
              + ": found a token of "
              + token.length()
              + " characters; accepted: "
              + SHORTEST
              + " or more");
    }
    return new Access(loopback, token, false);
  }

  /** Whether a request shows the token. */
  boolean mayChange(HttpServerExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
    if (header == null || !header.startsWith(SCHEME)) {
      return false;
    }
    byte[] shown = header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(shown, token.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a request may see numbers. */
  boolean mayRead(HttpServerExchange exchange) {
    return loopback || mayChange(exchange);
  }

  /**
   * Whether a request names this host. On loopback any other name comes of a site that has its own
   * name point here; elsewhere the token is asked for anyway.
   */
  boolean isMeantForUs(HttpServerExchange exchange) {
    if (!loopback) {
      return true;
    }
    String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
    if (host == null) {
      return false;
    }
    String name = host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
    InetSocketAddress own = exchange.getDestinationAddress();
    return LOCAL_NAMES.contains(name) || name.equals(own.getAddress().getHostAddress());
  }

  /** Tells all but the token. */
  @Override
  public String toString() {
    return "Access[loopback=" + loopback + ", generated=" + generated + "]";
  }
}
