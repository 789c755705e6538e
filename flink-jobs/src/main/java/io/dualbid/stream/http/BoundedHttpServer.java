package io.dualbid.stream.http;

import io.dualbid.stream.http.Connections.Stage;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * An HTTP server whose callers can take no more of it than {@link HttpLimits} says: who sends half
 * a request, or doesn't read its answer, costs one connection for a while and nothing else.
 *
 * <p>One thread reads requests and writes answers and never waits for a caller; handlers that do
 * more than copy bytes {@linkplain HttpServerExchange#dispatch(HttpHandler) dispatch} to the
 * others. All are daemons.
 */
public final class BoundedHttpServer implements AutoCloseable {
  private static final AttachmentKey<BoundedHttpServer> OWN =
      AttachmentKey.create(BoundedHttpServer.class);
  private static final int GREATEST_PORT = 65_535;
  private static final int BACKLOG = 128;
  private static final int MOST_HEADERS = 64;
  private static final int MOST_PARAMETERS = 16;
  private static final int BUFFER_BYTES = 16_384;
  private static final int BUFFERS_KEPT = 64;
  private static final int SWEEPS = 10;
  private static final long SHORTEST_SWEEP_MILLIS = 20;
  private static final long LONGEST_SWEEP_MILLIS = 1_000;

  private final HttpLimits limits;
  private final HttpHandler handler;
  private final Connections<StreamConnection> connections;
  private final XnioWorker worker;
  private final ByteBufferPool buffers;
  private final AtomicBoolean closed = new AtomicBoolean();
  private @Nullable AcceptingChannel<StreamConnection> door;

  private BoundedHttpServer(String name, HttpLimits limits, HttpHandler handler)
      throws IOException {
    this.limits = limits;
    this.handler = handler;
    connections = new Connections<>(limits);
    // On the heap: what a task manager has beside it is budgeted.
    buffers = new DefaultByteBufferPool(false, BUFFER_BYTES, BUFFERS_KEPT, 0);
    worker =
        Xnio.getInstance(BoundedHttpServer.class.getClassLoader())
            .createWorker(
                OptionMap.builder()
                    .set(Options.WORKER_NAME, name)
                    .set(Options.WORKER_IO_THREADS, 1)
                    .set(Options.WORKER_TASK_CORE_THREADS, limits.threads())
                    .set(Options.WORKER_TASK_MAX_THREADS, limits.threads())
                    .set(Options.THREAD_DAEMON, true)
                    .getMap());
  }

  /**
   * Opens a server.
   *
   * @param name the prefix of its threads' names
   * @param bind the address to listen on
   * @param port the port, or the first to try; 0 for any that is free
   * @param ports how many ports are tried, 1 or more
   * @param handler answers requests; it is called in the thread that reads and writes
   * @throws BindException if no port is free, or the address is not of this machine
   * @throws IOException if the address is unknown, or the server can't be opened
   */
  public static BoundedHttpServer open(
      String name, String bind, int port, int ports, HttpLimits limits, HttpHandler handler)
      throws IOException {
    BoundedHttpServer server = new BoundedHttpServer(name, limits, handler);
    try {
      server.listen(bind, port, ports);
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void listen(String bind, int first, int ports) throws IOException {
    int last = Math.min(first + ports - 1, GREATEST_PORT);
    for (int port = first; ; port++) {
      try {
        listen(bind, port);
        return;
      } catch (BindException e) {
        if (port >= last) {
          throw e;
        }
      }
    }
  }

  private void listen(String bind, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(bind, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException(bind);
    }
    HttpOpenListener http = new HttpOpenListener(buffers, options());
    http.setRootHandler(this::handle);
    AcceptingChannel<StreamConnection> accepting =
        worker.createStreamConnectionServer(
            address,
            ChannelListeners.openListenerAdapter(
                connection -> {
                  if (admits(connection)) {
                    http.handleEvent(connection);
                    watch(connection);
                  }
                }),
            OptionMap.builder()
                .set(Options.TCP_NODELAY, true)
                .set(Options.REUSE_ADDRESSES, true)
                .set(Options.BACKLOG, BACKLOG)
                .getMap());
    door = accepting;
    accepting.resumeAccepts();
    long sweepMillis =
        Math.max(
            SHORTEST_SWEEP_MILLIS,
            Math.min(
                LONGEST_SWEEP_MILLIS,
                Math.min(limits.requestMillis(), limits.writeMillis()) / SWEEPS));
    worker
        .getIoThread()
        .executeAtInterval(
            () -> connections.overdue(System.nanoTime()).forEach(BoundedHttpServer::end),
            sweepMillis,
            TimeUnit.MILLISECONDS);
  }

  private OptionMap options() {
    return OptionMap.builder()
        .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
        .set(UndertowOptions.DECODE_SLASH, true)
        .set(UndertowOptions.MAX_HEADER_SIZE, limits.headBytes())
        .set(UndertowOptions.MAX_HEADERS, MOST_HEADERS)
        .set(UndertowOptions.MAX_COOKIES, MOST_HEADERS)
        .set(UndertowOptions.MAX_PARAMETERS, MOST_PARAMETERS)
        .set(UndertowOptions.MAX_ENTITY_SIZE, (long) limits.bodyBytes())
        .set(UndertowOptions.NO_REQUEST_TIMEOUT, limits.idleMillis())
        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, limits.headMillis())
        .getMap();
  }

  private boolean admits(StreamConnection connection) {
    StreamConnection leaves = connections.opened(connection, System.nanoTime());
    if (leaves == connection) {
      IoUtils.safeClose(connection);
      return false;
    }
    if (leaves != null) {
      end(leaves);
    }
    return true;
  }

  /** Learns when a connection is closed, by whomever. */
  private void watch(StreamConnection connection) {
    var next = connection.getCloseListener();
    connection.setCloseListener(
        closed -> {
          connections.closed(connection);
          ChannelListeners.invokeChannelListener(connection, next);
        });
    if (!connection.isOpen()) {
      connections.closed(connection);
    }
  }

  private static void end(StreamConnection connection) {
    try {
      connection.getIoThread().execute(() -> IoUtils.safeClose(connection));
    } catch (RejectedExecutionException e) {
      // The server is being closed, and all its connections with it.
      IoUtils.safeClose(connection);
    }
  }

  private void handle(HttpServerExchange exchange) throws Exception {
    exchange.putAttachment(OWN, this);
    if (exchange.isRequestComplete()) {
      enter(exchange, Stage.ANSWER);
    }
    exchange.addResponseCommitListener(begun -> enter(begun, Stage.WRITING));
    exchange.addExchangeCompleteListener(
        (done, next) -> {
          enter(done, Stage.REQUEST);
          next.proceed();
        });
    handler.handleRequest(exchange);
  }

  private static StreamConnection channel(HttpServerExchange exchange) {
    return ((AbstractServerConnection) exchange.getConnection()).getChannel();
  }

  private void enter(HttpServerExchange exchange, Stage stage) {
    connections.enter(channel(exchange), stage, System.nanoTime());
  }

  private static BoundedHttpServer of(HttpServerExchange exchange) {
    BoundedHttpServer server = exchange.getAttachment(OWN);
    if (server == null) {
      throw new IllegalStateException("an exchange of another server");
    }
    return server;
  }

  /** The request has come as a whole, its body included. */
  static void whole(HttpServerExchange exchange) {
    of(exchange).enter(exchange, Stage.ANSWER);
  }

  /**
   * Takes an answer that has begun out of all limits of time, and its connection off those that are
   * closed for others; whoever calls this bounds both.
   */
  public static void lasting(HttpServerExchange exchange) {
    of(exchange).enter(exchange, Stage.LASTING);
  }

  /** Closes the connection of an exchange at once, whatever it waits for. */
  public static void end(HttpServerExchange exchange) {
    end(channel(exchange));
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    AcceptingChannel<StreamConnection> open = door;
    if (open == null) {
      throw new IllegalStateException("the server does not listen");
    }
    return open.getLocalAddress(InetSocketAddress.class);
  }

  /** How many connections are open. */
  int connections() {
    return connections.size();
  }

  /** Stops listening, and closes all connections. */
  @Override
  public void close() {
    // To close what a worker that is gone watched would wait for it for ever.
    if (closed.getAndSet(true)) {
      return;
    }
    IoUtils.safeClose(door);
    connections.all().forEach(IoUtils::safeClose);
    worker.shutdownNow();
  }
}
