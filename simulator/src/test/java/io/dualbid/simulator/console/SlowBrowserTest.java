package io.dualbid.simulator.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.http.BoundedHttpServer;
import io.dualbid.stream.http.HttpLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A browser that takes no events holds up no other, and is let go of. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class SlowBrowserTest {
  private static final int CAMPAIGNS = 200;
  private static final int FOREVER = 3_600_000;
  private static final long STUCK_NANOS = 500_000_000;
  private static final String GET = "GET /events?limit=200 HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private final Board board = new Board();
  private final BlockingQueue<EventStream> streams = new LinkedBlockingQueue<>();
  private final AtomicLong taken = new AtomicLong();
  private int round;

  private EventStream connect(InetSocketAddress address, Map<String, Socket> sockets, String name)
      throws IOException, InterruptedException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(address);
    socket.getOutputStream().write(GET.getBytes(StandardCharsets.UTF_8));
    sockets.put(name, socket);
    @Nullable EventStream stream = streams.poll(60, TimeUnit.SECONDS);
    assertThat(stream).as("the stream of the %s browser", name).isNotNull();
    return java.util.Objects.requireNonNull(stream);
  }

  /** All campaigns have spent more. */
  private void moves() {
    round++;
    for (int i = 0; i < CAMPAIGNS; i++) {
      String id = "campaign-" + i;
      board.pacing(
          id.getBytes(StandardCharsets.UTF_8),
          PacingUpdateCodec.encode(Updates.active(id, Updates.START + round, round, round, round)));
    }
    board.sweep(Set.of(), Updates.START + round);
  }

  private void takes(Socket socket) {
    byte[] some = new byte[65_536];
    try (InputStream in = socket.getInputStream()) {
      for (int length = in.read(some); length >= 0; length = in.read(some)) {
        taken.addAndGet(length);
      }
    } catch (IOException e) {
      // It was closed at the end of the test.
      return;
    }
  }

  @Test
  void costsItsConnectionAndNothingElse() throws Exception {
    board.caughtUp();
    moves();
    Map<String, Socket> sockets = new java.util.HashMap<>();
    try (BoundedHttpServer server =
        BoundedHttpServer.open(
            "test-http",
            "127.0.0.1",
            0,
            1,
            new HttpLimits(4, 1, 8_192, 1_024, FOREVER, FOREVER, FOREVER, FOREVER),
            exchange -> {
              EventStream stream = new EventStream(board, exchange);
              streams.add(stream);
              stream.open();
            })) {
      EventStream slow = connect(server.address(), sockets, "slow");
      EventStream quick = connect(server.address(), sockets, "quick");
      Socket quickSocket = java.util.Objects.requireNonNull(sockets.get("quick"));
      Thread reader = new Thread(() -> takes(quickSocket), "quick browser");
      reader.setDaemon(true);
      reader.start();

      // The slow browser's buffers fill up, until an event is not taken.
      while (!slow.endIfStuck(STUCK_NANOS)) {
        moves();
        slow.tell(board.overview());
        quick.tell(board.overview());
        Thread.sleep(1);
      }
      while (slow.isOpen()) {
        Thread.sleep(1);
      }
      // The other goes on.
      long before = taken.get();
      while (taken.get() < before + 100_000) {
        moves();
        quick.tell(board.overview());
        Thread.sleep(1);
      }
      assertThat(quick.isOpen()).isTrue();
      assertThat(quick.shown()).hasSize(CAMPAIGNS);
    }
    for (Socket socket : sockets.values()) {
      socket.close();
    }
  }
}
