package io.dualbid.simulator.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.stream.kafka.KafkaClients;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live page of an engine. It reads topics with consumers of its own, in threads of its own, and
 * writes to each browser in that browser's thread: whatever happens to it, no job is any slower.
 */
public final class ConsoleServer implements AutoCloseable {
  /** The port where none is given. */
  public static final int DEFAULT_PORT = 8788;

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
  private static final int PORTS_TRIED = 16;
  private static final int MOST_BROWSERS = 32;

  /** Beyond those of browsers, for what is answered at once. */
  private static final int OTHER_THREADS = 8;

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
  private final ThreadPoolExecutor handlers;
  private final HttpServer http;

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

  private ConsoleServer(EngineConfig engine, Access access, HttpServer http) {
    this.access = access;
    this.http = http;
    follower = new Follower(KafkaClients.of(engine), engine.kafka().topics(), board);
    newest = new NewestRequests(engine.kafka().topics().bidRequests());
    sample = new RequestSample(engine, board, newest, this::shown);
    changes = new Changes(engine);
    explanations = new Explanations(engine, board, newest);
    sweeper = daemon(this::sweep, "console-sweeper");
    AtomicInteger number = new AtomicInteger();
    handlers =
        new ThreadPoolExecutor(
            0,
            MOST_BROWSERS + OTHER_THREADS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> daemon(work, "console-http-" + number.incrementAndGet()));
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
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
    ConsoleServer console = new ConsoleServer(engine, access, listener(settings));
    console.follower.start();
    console.sample.start();
    console.sweeper.start();
    console.http.setExecutor(console.handlers);
    console.http.createContext("/", console::handle);
    console.http.start();
    return console;
  }

  private static HttpServer listener(Settings settings) throws IOException {
    int tried = settings.next() && settings.port() > 0 ? PORTS_TRIED : 1;
    BindException taken = null;
    for (int port = settings.port(); port < settings.port() + tried; port++) {
      try {
        return HttpServer.create(new InetSocketAddress(settings.bind(), port), 0);
      } catch (BindException e) {
        taken = e;
      }
    }
    throw new IOException(
        "the console can't listen on "
            + settings.bind()
            + ":"
            + settings.port()
            + (tried == 1 ? "" : " or the " + (tried - 1) + " ports after it")
            + (taken == null ? "" : ": " + taken.getMessage()),
        taken);
  }

  /** The address of the page. */
  public String address() {
    InetSocketAddress own = http.getAddress();
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
        streams.forEach(stream -> stream.endIfStuck(LONGEST_WRITE_NANOS));
        Thread.sleep(SWEEP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!access.isMeantForUs(exchange)) {
        Replies.problem(exchange, 421, "found a request for another host; accepted: localhost");
        return;
      }
      route(exchange);
    } catch (IllegalArgumentException e) {
      Replies.problem(exchange, 400, String.valueOf(e.getMessage()));
    }
  }

  private void route(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    boolean reads = exchange.getRequestMethod().equals("GET");
    if (reads && assets.serve(exchange)) {
      return;
    }
    if (!access.mayRead(exchange)) {
      Replies.problem(exchange, 401, "found no valid token; accepted: the token of the console");
    } else if (reads && path.equals("/events")) {
      events(exchange);
    } else if (reads && path.startsWith(HISTORY)) {
      changes.history(exchange, path.substring(HISTORY.length()));
    } else if (reads && path.startsWith(EXPLAIN)) {
      explanations.explain(exchange, path.substring(EXPLAIN.length()));
    } else if (exchange.getRequestMethod().equals("POST") && path.startsWith(CAMPAIGN)) {
      if (access.mayChange(exchange)) {
        changes.change(exchange, path.substring(CAMPAIGN.length()));
      } else {
        Replies.problem(exchange, 401, "found no valid token; accepted: the token of the console");
      }
    } else {
      Replies.problem(exchange, 404, "found nothing at " + path);
    }
  }

  private void events(HttpExchange exchange) throws IOException {
    if (streams.size() >= MOST_BROWSERS) {
      Replies.problem(
          exchange, 503, "found " + MOST_BROWSERS + " pages open; accepted: not more at a time");
      return;
    }
    EventStream stream = new EventStream(board, Replies.parameters(exchange));
    streams.add(stream);
    try {
      stream.run(exchange);
    } finally {
      streams.remove(stream);
      // The thread handles other requests after this one.
      Thread.interrupted();
    }
  }

  @Override
  public void close() {
    http.stop(0);
    streams.forEach(EventStream::end);
    handlers.shutdownNow();
    sweeper.interrupt();
    sample.close();
    follower.close();
  }
}
