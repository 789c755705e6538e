package io.dualbid.simulator.world;

import org.jspecify.annotations.Nullable;

/**
 * A sequence of opportunities. The same world made with the same seed gives the same sequence, byte
 * for byte, so that it can be gone through again to see what could have been had.
 */
public interface World extends AutoCloseable {
  /** The next opportunity, or null at the end. */
  @Nullable Opportunity next();

  /** Number of opportunities in all, or -1 where it is not known. */
  long size();

  /** Releases files. */
  @Override
  default void close() {}
}
