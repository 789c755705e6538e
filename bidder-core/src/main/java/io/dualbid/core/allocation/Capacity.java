package io.dualbid.core.allocation;

/**
 * What there is of each resource and what of it is used up, in whole units of the caller's choice:
 * nanos, seats, pieces.
 *
 * <pre>  used ≤ ceiling</pre>
 *
 * <p>is checked after every change, in production too. The ceiling is the limit, but a limit that
 * is cut below what is used leaves it there: nothing is taken back, and nothing more is given.
 *
 * <p>O(1) a resource, no allocation; not thread safe.
 */
public final class Capacity {
  private final long[] limit;
  private final long[] ceiling;
  private final long[] used;

  /** Untouched resources, at least one, with these limits of at least 0. */
  public Capacity(long... limits) {
    if (limits.length == 0) {
      throw new IllegalArgumentException("need at least one resource");
    }
    for (long each : limits) {
      requireNotNegative(each);
    }
    limit = limits.clone();
    ceiling = limits.clone();
    used = new long[limits.length];
  }

  /** Number of resources. */
  public int resources() {
    return limit.length;
  }

  /** What there is of a resource, used up or not. */
  public long limit(int resource) {
    return limit[resource];
  }

  /** What is used up. */
  public long used(int resource) {
    return used[resource];
  }

  /** What may still be used; 0 where the limit was cut below what is used. */
  public long left(int resource) {
    return Math.max(0, limit[resource] - used[resource]);
  }

  /** Tops up or cuts a limit in flight; what is used stays so. */
  public void setLimit(int resource, long newLimit) {
    requireNotNegative(newLimit);
    limit[resource] = newLimit;
    ceiling[resource] = Math.max(newLimit, used[resource]);
  }

  /** Whether all that an option consumes is left. */
  public boolean fits(Options options, int option) {
    for (int j = 0; j < limit.length; j++) {
      if (options.consumption(option, j) > left(j)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Uses up what an option consumes.
   *
   * @throws IllegalStateException if it doesn't fit; nothing is used then
   */
  public void take(Options options, int option) {
    if (!fits(options, option)) {
      throw new IllegalStateException("option " + option + " consumes more than is left");
    }
    for (int j = 0; j < limit.length; j++) {
      take(j, options.consumption(option, j));
    }
  }

  /**
   * Uses up some of one resource.
   *
   * @throws IllegalStateException if it isn't left
   */
  public void take(int resource, long amount) {
    requireNotNegative(amount);
    if (amount > left(resource)) {
      throw breach(resource, amount);
    }
    used[resource] = Math.addExact(used[resource], amount);
    if (used[resource] > ceiling[resource]) {
      throw breach(resource, amount);
    }
  }

  private IllegalStateException breach(int resource, long amount) {
    return new IllegalStateException(
        "resource "
            + resource
            + ": "
            + amount
            + " taken, used "
            + used[resource]
            + ", limit "
            + limit[resource]
            + ", ceiling "
            + ceiling[resource]);
  }

  private static void requireNotNegative(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("amount must be >= 0: " + amount);
    }
  }
}
