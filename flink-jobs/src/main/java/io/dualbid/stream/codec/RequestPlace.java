package io.dualbid.stream.codec;

/**
 * Where a request stands in its topic, carried by every answer so that requests and answers can be
 * matched one to one.
 *
 * @param partition partition of the topic of requests
 * @param offset offset within it
 */
public record RequestPlace(int partition, long offset) {
  /** Of an answer that doesn't say. */
  public static final RequestPlace UNKNOWN = new RequestPlace(-1, -1);
}
