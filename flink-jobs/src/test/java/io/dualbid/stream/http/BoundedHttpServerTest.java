package io.dualbid.stream.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import io.undertow.server.handlers.sse.ServerSentEventHandler;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Callers that take what they can get, against a server that must go on serving others. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class BoundedHttpServerTest {
  private static final int FOREVER = 3_600_000;
  private static final int CONNECTIONS = 16;
  private static final int HEAD = 4_096;
  private static final int BODY = 1_000;
  private static final int MOST_TRIES = 50;
  private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

  /** More than the buffers of both ends take together. */
  private static final byte[] LONG = new byte[32 * 1_024 * 1_024];

  private static final BlockingQueue<ServerSentEventConnection> LASTING =
      new LinkedBlockingQueue<>();

  private final List<AutoCloseable> open = new ArrayList<>();

  /** Nothing is closed for being late, unless a test says so. */
  private static HttpLimits patient() {
    return new HttpLimits(CONNECTIONS, 2, HEAD, 4 * BODY, FOREVER, FOREVER, FOREVER, FOREVER);
  }

  private static void handle(HttpServerExchange exchange) throws Exception {
    switch (exchange.getRequestPath()) {
      case "/long" -> exchange.dispatch(in -> Exchanges.send(in, LONG));
      case "/lasting" ->
          new ServerSentEventHandler(
                  (connection, unused) -> {
                    BoundedHttpServer.lasting(exchange);
                    connection.send("first");
                    LASTING.add(connection);
                  })
              .handleRequest(exchange);
      case "/echo" ->
          Exchanges.receive(
              exchange,
              BODY,
              (in, body) -> Exchanges.send(in, body),
              in -> {
                in.setStatusCode(413);
                Exchanges.send(in, text("too long"));
              });
      default -> Exchanges.send(exchange, text("served"));
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private BoundedHttpServer server(HttpLimits limits) throws IOException {
    BoundedHttpServer server =
        BoundedHttpServer.open(
            "test-http", "127.0.0.1", 0, 1, limits, BoundedHttpServerTest::handle);
    open.add(server);
    return server;
  }

  private RawClient client(BoundedHttpServer server) throws IOException {
    RawClient client = new RawClient(server.address(), 4_096);
    open.add(client);
    return client;
  }

  private void isServed(BoundedHttpServer server) throws IOException {
    RawClient other = client(server);
    other.send(GET);
    assertThat(other.readTo("served")).startsWith("HTTP/1.1 200 OK");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void servesOthersBesideAnyNumberOfHalfOpenConnections() throws IOException {
    BoundedHttpServer server = server(patient());
    List<RawClient> silent = new ArrayList<>();
    for (int i = 0; i < 5 * CONNECTIONS; i++) {
      RawClient client = client(server);
      client.send(i % 2 == 0 ? "" : "GET / HTTP/1.1\r\nHost: loc");
      silent.add(client);
    }
    isServed(server);
    // The first to come were the first to leave.
    assertThat(silent.get(0).readToEnd()).isEmpty();
    assertThat(silent.get(1).readToEnd()).isEmpty();
  }

  @Test
  void servesOthersBesideRequestsWhoseBodyNeverComes() throws IOException {
    BoundedHttpServer server = server(patient());
    for (int i = 0; i < 2 * CONNECTIONS; i++) {
      client(server).send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
    }
    isServed(server);
  }

  @Test
  void servesOthersBesideSlowReaders() throws IOException {
    BoundedHttpServer server = server(patient());
    List<RawClient> slow = new ArrayList<>();
    for (int i = 0; i < 2 * CONNECTIONS; i++) {
      RawClient client = client(server);
      client.send("GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n");
      client.readTo("\r\n\r\n");
      slow.add(client);
    }
    isServed(server);
    assertThat(slow.get(0).readToEnd()).hasSizeLessThan(LONG.length);
  }

  @Test
  void closesAConnectionOnWhichNothingIsAsked() throws IOException {
    BoundedHttpServer server =
        server(new HttpLimits(CONNECTIONS, 1, HEAD, 4 * BODY, 200, FOREVER, FOREVER, FOREVER));
    assertThat(client(server).readToEnd()).isEmpty();
    // A machine that is busy may take longer than that to ask.
    String told = "";
    for (int i = 0; i < MOST_TRIES && told.isEmpty(); i++) {
      RawClient once = client(server);
      once.send(GET);
      told = once.readToEnd();
    }
    assertThat(told).startsWith("HTTP/1.1 200").endsWith("served");
  }

  @Test
  void closesAConnectionWhoseHeadersDripIn() throws Exception {
    BoundedHttpServer server =
        server(new HttpLimits(CONNECTIONS, 1, HEAD, 4 * BODY, FOREVER, 300, FOREVER, FOREVER));
    RawClient client = client(server);
    CountDownLatch closed = new CountDownLatch(1);
    Thread drip =
        new Thread(
            () -> {
              try {
                client.send("GET / HTTP/1.1\r\n");
                while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                  client.send("X: y\r\n");
                }
              } catch (IOException e) {
                // The server has closed the connection.
                return;
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "drip");
    drip.start();
    assertThat(client.readToEnd()).isEmpty();
    closed.countDown();
    drip.join();
    isServed(server);
  }

  @Test
  void closesAConnectionWhoseBodyDoesNotCome() throws IOException {
    BoundedHttpServer server =
        server(new HttpLimits(CONNECTIONS, 1, HEAD, 4 * BODY, 200, 100, FOREVER, FOREVER));
    RawClient client = client(server);
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
    assertThat(client.readToEnd()).isEmpty();
  }

  @Test
  void closesAConnectionThatDoesNotTakeItsAnswer() throws IOException {
    BoundedHttpServer server =
        server(new HttpLimits(CONNECTIONS, 1, HEAD, 4 * BODY, FOREVER, FOREVER, FOREVER, 200));
    RawClient client = client(server);
    client.send("GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n");
    client.readTo("\r\n\r\n");
    await(server, 0);
    assertThat(client.readToEnd()).hasSizeLessThan(LONG.length);
  }

  private static void await(BoundedHttpServer server, int connections) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (server.connections() > connections) {
      assertThat(System.nanoTime()).as("until only %s are open", connections).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void leavesAnAnswerWithoutAnEndToWhoeverLooksAfterIt() throws Exception {
    BoundedHttpServer server =
        server(new HttpLimits(3, 1, HEAD, 4 * BODY, FOREVER, FOREVER, 200, 200));
    RawClient lasting = client(server);
    lasting.send("GET /lasting HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(lasting.readTo("first")).contains("text/event-stream");
    // Those that came after it go before it, for being late and for others.
    RawClient slow = client(server);
    slow.send("GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n");
    slow.readTo("\r\n\r\n");
    await(server, 1);
    for (int i = 0; i < 6; i++) {
      client(server);
    }
    isServed(server);
    LASTING.take().send("second");
    lasting.readTo("second");
  }

  @Test
  void takesHeadersAndBodiesUpToTheirLimit() throws IOException {
    BoundedHttpServer server = server(patient());
    RawClient client = client(server);
    client.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(HEAD - 100) + "\r\n\r\n");
    assertThat(client.readTo("served")).startsWith("HTTP/1.1 200");
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + BODY + "\r\n\r\n");
    client.send("y".repeat(BODY));
    assertThat(client.readTo("y".repeat(BODY))).startsWith("HTTP/1.1 200");
    client.send(GET);
    client.readTo("served");
  }

  @Test
  void refusesHeadersThatAreTooLong() throws IOException {
    BoundedHttpServer server = server(patient());
    RawClient client = client(server);
    client.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(2 * HEAD) + "\r\n\r\n");
    assertThat(client.readToEnd()).startsWith("HTTP/1.1 400");
    RawClient many = client(server);
    many.send("GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(100) + "\r\n");
    assertThat(many.readToEnd()).startsWith("HTTP/1.1 400");
    isServed(server);
  }

  @Test
  void refusesABodyThatIsTooLongWhetherItSaysSoOrNot() throws IOException {
    BoundedHttpServer server = server(patient());
    for (long claimed : new long[] {BODY + 1, Integer.MAX_VALUE, 1L << 40}) {
      RawClient client = client(server);
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + claimed + "\r\n\r\n");
      assertThat(client.readTo("too long")).startsWith("HTTP/1.1 413");
    }
    RawClient chunked = client(server);
    chunked.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    chunked.send("400\r\n" + "z".repeat(0x400) + "\r\n");
    assertThat(chunked.readTo("too long")).startsWith("HTTP/1.1 413");
    isServed(server);
  }

  @Test
  void triesTheNextPortsWhereAPortIsTaken() throws IOException {
    BoundedHttpServer first = server(patient());
    int taken = first.address().getPort();
    assertThatThrownBy(
            () ->
                BoundedHttpServer.open(
                    "test-http", "127.0.0.1", taken, 1, patient(), BoundedHttpServerTest::handle))
        .isInstanceOf(BindException.class);
    BoundedHttpServer next =
        BoundedHttpServer.open(
            "test-http", "127.0.0.1", taken, 16, patient(), BoundedHttpServerTest::handle);
    open.add(next);
    assertThat(next.address().getPort()).isBetween(taken + 1, taken + 15);
    isServed(next);
  }

  @Test
  void saysWhatIsWrongWithAnAddress() {
    assertThatThrownBy(
            () ->
                BoundedHttpServer.open(
                    "test-http", "no.such.host.invalid", 0, 1, patient(), exchange -> {}))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("no.such.host.invalid");
    assertThatThrownBy(() -> new HttpLimits(1, 1, 1, 0, 1, 1, 1, 1))
        .hasMessageContaining("found a limit of 0");
  }

  @Test
  void closesAllConnectionsAtItsEnd() throws IOException {
    BoundedHttpServer server = server(patient());
    RawClient client = client(server);
    client.send(GET);
    client.readTo("served");
    InetSocketAddress address = server.address();
    server.close();
    assertThat(client.readToEnd()).isEmpty();
    assertThatThrownBy(() -> new RawClient(address).close()).isInstanceOf(IOException.class);
  }
}
