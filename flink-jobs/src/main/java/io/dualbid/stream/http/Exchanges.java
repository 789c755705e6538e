package io.dualbid.stream.http;

import io.undertow.io.IoCallback;
import io.undertow.io.Receiver;
import io.undertow.io.Sender;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reading the bodies of requests and writing the bodies of answers without waiting for callers. */
public final class Exchanges {
  /** A channel copies what it writes off the heap, so it gets a little at a time. */
  private static final int SLICE_BYTES = 65_536;

  private Exchanges() {}

  /** Goes on with a request whose body has come. */
  @FunctionalInterface
  public interface WithBody {
    /** Handles the exchange in one of the server's threads that may take time. */
    void handle(HttpServerExchange exchange, byte[] body) throws Exception;
  }

  /**
   * Reads the body of a request, and goes on in a thread that may take time.
   *
   * @param mostBytes how long it may be; less than what the server allows, which doesn't answer a
   *     longer one that comes without its length
   * @param next what is done with the body
   * @param tooLong what is done where it is longer; it must answer
   */
  public static void receive(
      HttpServerExchange exchange, int mostBytes, WithBody next, HttpHandler tooLong)
      throws Exception {
    // Looked at first: the receiver allocates as many bytes as the request claims to have.
    if (exchange.getRequestContentLength() > mostBytes) {
      exchange.setPersistent(false);
      tooLong.handleRequest(exchange);
      return;
    }
    Receiver receiver = exchange.getRequestReceiver();
    receiver.setMaxBufferSize(mostBytes);
    receiver.receiveFullBytes(
        (whole, body) -> {
          BoundedHttpServer.whole(whole);
          whole.dispatch((HttpHandler) in -> next.handle(in, body));
        },
        (broken, failure) -> failed(broken, failure, tooLong));
  }

  private static void failed(
      HttpServerExchange exchange, IOException failure, HttpHandler tooLong) {
    exchange.setPersistent(false);
    if (failure instanceof Receiver.RequestToLargeException
        || failure instanceof io.undertow.server.RequestTooBigException) {
      exchange.dispatch(tooLong);
    } else {
      BoundedHttpServer.end(exchange);
    }
  }

  /**
   * Answers with bytes, and ends the exchange when the caller has taken them. Status and headers
   * are set before. Returns at once.
   */
  public static void send(HttpServerExchange exchange, byte[] content) {
    exchange.setResponseContentLength(content.length);
    new Slices(ByteBuffer.wrap(content)).onComplete(exchange, exchange.getResponseSender());
  }

  private record Slices(ByteBuffer left) implements IoCallback {
    @Override
    public void onComplete(HttpServerExchange exchange, Sender sender) {
      if (!left.hasRemaining()) {
        exchange.endExchange();
        return;
      }
      int length = Math.min(SLICE_BYTES, left.remaining());
      ByteBuffer slice = left.slice(left.position(), length);
      left.position(left.position() + length);
      sender.send(slice, this);
    }

    @Override
    public void onException(HttpServerExchange exchange, Sender sender, IOException failure) {
      BoundedHttpServer.end(exchange);
    }
  }
}
