package io.dualbid.stream.http;

/**
 * What callers of an HTTP server can take of it at most.
 *
 * @param connections open at a time; beyond it the one that has kept the server waiting longest is
 *     closed for the next
 * @param threads threads that make up answers, 1 or more
 * @param headBytes length of request line and headers together
 * @param bodyBytes length of a request's body
 * @param idleMillis time to the first byte of a request, on a new connection or after an answer
 * @param headMillis time from the first byte of a request to the end of its headers
 * @param answerMillis time from a whole request to the first byte of its answer
 * @param writeMillis time from the first byte of an answer until the caller has taken all of it
 */
public record HttpLimits(
    int connections,
    int threads,
    int headBytes,
    int bodyBytes,
    int idleMillis,
    int headMillis,
    int answerMillis,
    int writeMillis) {

  /** Refuses limits that would let nobody in, or anything. */
  public HttpLimits {
    for (int limit :
        new int[] {
          connections,
          threads,
          headBytes,
          bodyBytes,
          idleMillis,
          headMillis,
          answerMillis,
          writeMillis
        }) {
      if (limit < 1) {
        throw new IllegalArgumentException(
            "found a limit of " + limit + " for an HTTP server; accepted: 1 or more");
      }
    }
  }

  /** Time in which a whole request must come, its body included, in milliseconds. */
  long requestMillis() {
    return (long) idleMillis + headMillis;
  }
}
