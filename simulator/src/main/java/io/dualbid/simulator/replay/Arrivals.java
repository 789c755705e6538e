package io.dualbid.simulator.replay;

import org.jspecify.annotations.Nullable;

/** A sequence of auctions; made again with the same settings it is the same. */
public interface Arrivals extends AutoCloseable {
  /** The next auction, or null at the end. */
  @Nullable Arrival next();

  /** Releases files. */
  @Override
  default void close() {}
}
