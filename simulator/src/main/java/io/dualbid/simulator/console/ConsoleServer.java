package io.dualbid.simulator.console;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.simulator.console.Board.Overview;
import io.dualbid.stream.http.BoundedHttpServer;
import io.dualbid.stream.http.Exchanges;
import io.dualbid.stream.http.HttpLimits;
import io.dualbid.stream.kafka.KafkaClients;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live page of an engine. It reads topics with consumers of its own, in threads of its own, and
 * waits for no browser: whatever happens to it, no job is any slower.
 */
public final class ConsoleServer implements AutoCloseable {
  /** The port where none is given. */
  public static final int DEFAULT_PORT = 8788;

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
  private static final int PORTS_TRIED = 16;
  private static final int MOST_BROWSERS = 32;

  /**
   * Browsers open several connections each; publishing may wait for brokers for minutes. A body
   * that is somewhat too long is told so, any other is not read.
   */
  private static final HttpLimits LIMITS =
      new HttpLimits(128, 16, 16_384, 4 * Changes.MOST_BYTES, 30_000, 5_000, 300_000, 20_000);

  private static final String NO_TOKEN = "found no valid token; accepted: the token of the console";
  private static final long SWEEP_MILLIS = 1_000;
  private static final long LONGEST_WRITE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private static final String CAMPAIGN = "/campaign/";
  private static final String HISTORY = "/history/";
  private static final String EXPLAIN = "/explain/";

  private final Changes changes;
  private final Explanations explanations;
  private final Access access;
  private final Assets assets = new Assets();
  private final Board board = new Board();
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private final Follower follower;
  private final NewestRequests newest;
  private final RequestSample sample;
  private final Thread sweeper;
  private final BoundedHttpServer http;

  /**
   * Where it is served.
   *
   * @param bind the address to listen on; beyond this machine everything needs the token
   * @param port the port; 0 for any that is free
   * @param next whether the ports after it are tried where it is taken
   * @param tokenFile a file that holds the token; null for that of the environment variable {@code
   *     DUALBID_CONSOLE_TOKEN}, or one that is made up
   */
  public record Settings(String bind, int port, boolean next, @Nullable Path tokenFile) {
    /** This machine alone, at a port or one of the next. */
    public static Settings local(int port) {
      return new Settings("127.0.0.1", port, true, null);
    }
  }

  private ConsoleServer(EngineConfig engine, Access access, Settings settings) throws IOException {
    this.access = access;
    follower = new Follower(KafkaClients.of(engine), engine.kafka().topics(), board);
    newest = new NewestRequests(engine.kafka().topics().bidRequests());
    sample = new RequestSample(engine, board, newest, this::shown);
    changes = new Changes(engine);
    explanations = new Explanations(engine, board, newest);
    sweeper = new Thread(this::sweep, "console-sweeper");
    sweeper.setDaemon(true);
    http = listen(settings, this::handle);
  }

  /**
   * Starts to read topics and to serve the page.
   *
   * @throws IOException if no port is free, or the file of the token can't be read
   * @throws IllegalArgumentException if the address or the token is not usable
   */
  public static ConsoleServer start(EngineConfig engine, Settings settings) throws IOException {
    Access access =
        Access.of(settings.bind(), settings.tokenFile(), System.getenv(Access.VARIABLE));
    ConsoleServer console = new ConsoleServer(engine, access, settings);
    console.follower.start();
    console.sample.start();
    console.sweeper.start();
    return console;
  }

  private static BoundedHttpServer listen(Settings settings, HttpHandler handler)
      throws IOException {
    int tried = settings.next() && settings.port() > 0 ? PORTS_TRIED : 1;
    try {
      return BoundedHttpServer.open(
          "console-http", settings.bind(), settings.port(), tried, LIMITS, handler);
    } catch (BindException e) {
      throw new IOException(
          "the console can't listen on "
              + settings.bind()
              + ":"
              + settings.port()
              + (tried == 1 ? "" : " or the " + (tried - 1) + " ports after it")
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** The address of the page. */
  public String address() {
    InetSocketAddress own = http.address();
    String host = own.getAddress().getHostAddress();
    return "http://"
        + (host.indexOf(':') < 0 ? host : "[" + host + "]")
        + ":"
        + own.getPort()
        + "/";
  }

  /** The token that changes need. */
  public String token() {
    return access.token();
  }

  /**
   * Where the page is and what it needs, for whoever started it; a token only if it was made up.
   */
  public String greeting() {
    return "console at "
        + address()
        + (access.generated()
            ? "; the token for changes"
                + (access.loopback() ? "" : " and for reading")
                + " is "
                + access.token()
            : "");
  }

  private Set<String> shown() {
    Set<String> shown = new HashSet<>();
    streams.forEach(stream -> shown.addAll(stream.shown()));
    return shown;
  }

  private void sweep() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          board.sweep(shown(), System.currentTimeMillis());
        } catch (RuntimeException e) {
          LOG.error("the console could not look at the campaigns", e);
          board.troubled("the console failed: " + e);
        }
        tellAll();
        Thread.sleep(SWEEP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellAll() {
    Overview overview = board.overview();
    streams.removeIf(stream -> !stream.isOpen() || stream.endIfStuck(LONGEST_WRITE_NANOS));
    streams.forEach(stream -> stream.tell(overview));
  }

  private void handle(HttpServerExchange exchange) throws Exception {
    told(this::route).handleRequest(exchange);
  }

  /** Does the same, and answers with what was wrong where something was. */
  private static HttpHandler told(HttpHandler handler) {
    return exchange -> {
      try {
        handler.handleRequest(exchange);
      } catch (IllegalArgumentException e) {
        Replies.problem(exchange, StatusCodes.BAD_REQUEST, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        LOG.error("the console could not answer {}", exchange.getRequestPath(), e);
        Replies.problem(exchange, StatusCodes.INTERNAL_SERVER_ERROR, "the console failed: " + e);
      }
    };
  }

  private void route(HttpServerExchange exchange) throws Exception {
    String path = exchange.getRequestPath();
    boolean reads = exchange.getRequestMethod().equals(Methods.GET);
    if (!access.isMeantForUs(exchange)) {
      Replies.problem(exchange, 421, "found a request for another host; accepted: localhost");
    } else if (reads && assets.serve(exchange)) {
      LOG.trace("served {}", path);
    } else if (!access.mayRead(exchange)) {
      Replies.problem(exchange, StatusCodes.UNAUTHORIZED, NO_TOKEN);
    } else if (reads && path.equals("/events")) {
      events(exchange);
    } else if (reads && path.startsWith(HISTORY)) {
      aside(exchange, in -> changes.history(in, path.substring(HISTORY.length())));
    } else if (reads && path.startsWith(EXPLAIN)) {
      aside(exchange, in -> explanations.explain(in, path.substring(EXPLAIN.length())));
    } else if (exchange.getRequestMethod().equals(Methods.POST) && path.startsWith(CAMPAIGN)) {
      change(exchange, path.substring(CAMPAIGN.length()));
    } else {
      Replies.problem(exchange, StatusCodes.NOT_FOUND, "found nothing at " + path);
    }
  }

  /** Handles an exchange in a thread that may take time. */
  private static void aside(HttpServerExchange exchange, HttpHandler handler) {
    exchange.dispatch(told(handler));
  }

  private void change(HttpServerExchange exchange, String campaign) throws Exception {
    if (!access.mayChange(exchange)) {
      Replies.problem(exchange, StatusCodes.UNAUTHORIZED, NO_TOKEN);
      return;
    }
    Exchanges.receive(
        exchange,
        Changes.MOST_BYTES,
        (whole, body) -> told(in -> changes.change(in, campaign, body)).handleRequest(whole),
        tooLong ->
            Replies.problem(
                tooLong,
                StatusCodes.REQUEST_ENTITY_TOO_LARGE,
                "found a change of more than "
                    + Changes.MOST_BYTES
                    + " bytes; accepted: at most so many"));
  }

  private void events(HttpServerExchange exchange) throws Exception {
    EventStream stream = new EventStream(board, exchange);
    if (streams.size() >= MOST_BROWSERS) {
      Replies.problem(
          exchange,
          StatusCodes.SERVICE_UNAVAILABLE,
          "found " + MOST_BROWSERS + " pages open; accepted: not more at a time");
      return;
    }
    streams.add(stream);
    exchange.getConnection().addCloseListener(closed -> streams.remove(stream));
    stream.open();
  }

  @Override
  public void close() {
    http.close();
    sweeper.interrupt();
    sample.close();
    follower.close();
  }
}
