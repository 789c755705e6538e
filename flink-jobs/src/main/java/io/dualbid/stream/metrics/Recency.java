package io.dualbid.stream.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How long ago something was last heard of, by the one of several listeners that has waited
 * longest. Time goes on while nobody hears anything, so what has stopped shows as well as what is
 * slow. Thread safe.
 */
public final class Recency {
  private final LongSupplier clock;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

  /**
   * Nobody listens yet.
   *
   * @param clock the present time, in ms since the epoch
   */
  Recency(LongSupplier clock) {
    this.clock = clock;
  }

  /** One more listens, from now on. */
  public Listener listen() {
    Listener listener = new Listener(clock.getAsLong());
    listeners.add(listener);
    return listener;
  }

  /** The longest wait of all that listen, in ms, at least 0; NaN if none does. */
  double worstMillis() {
    long now = clock.getAsLong();
    double worst = Double.NaN;
    for (Listener listener : listeners) {
      double wait = Math.max(0, now - listener.lastMillis);
      worst = wait <= worst ? worst : wait;
    }
    return worst;
  }

  /** One that listens, until it is closed. Written by one thread, read by others. */
  public final class Listener implements AutoCloseable {
    private volatile long lastMillis;

    private Listener(long lastMillis) {
      this.lastMillis = lastMillis;
    }

    /** Something was heard of {@code millis}, in ms since the epoch. */
    public void heard(long millis) {
      lastMillis = millis;
    }

    @Override
    public void close() {
      listeners.remove(this);
    }
  }
}
