package io.dualbid.stream.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * A caller that sends what it likes, byte by byte, and waits for facts: half a minute without one
 * fails a test and says what hung.
 */
public final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket = new Socket();

  /** Connects. */
  public RawClient(InetSocketAddress address) throws IOException {
    this(address, 65_536);
  }

  /** Connects with a window of so many bytes. */
  public RawClient(InetSocketAddress address, int window) throws IOException {
    socket.setReceiveBufferSize(window);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(address, PATIENCE_MILLIS);
  }

  /** Sends. */
  public void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Everything that comes until the server closes the connection, by whatever means. */
  public String readToEnd() throws IOException {
    StringBuilder all = new StringBuilder();
    byte[] some = new byte[8_192];
    InputStream in = socket.getInputStream();
    try {
      for (int length = in.read(some); length >= 0; length = in.read(some)) {
        all.append(new String(some, 0, length, StandardCharsets.ISO_8859_1));
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("waited in vain until the server closes; it has sent: " + all, e);
    } catch (IOException e) {
      // Reset: closed as well.
      return all.toString();
    }
    return all.toString();
  }

  /** What comes until a text has come. */
  public String readTo(String text) throws IOException {
    StringBuilder all = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (all.indexOf(text) < 0) {
      int next;
      try {
        next = in.read();
      } catch (SocketTimeoutException e) {
        throw new AssertionError("waited in vain for '" + text + "' after: " + all, e);
      }
      assertThat(next).as("more, until '%s', after: %s", text, all).isNotNegative();
      all.append((char) next);
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
