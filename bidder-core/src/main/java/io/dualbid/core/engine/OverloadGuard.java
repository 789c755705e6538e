package io.dualbid.core.engine;

/**
 * Keeps answers in time when more requests come than can be answered: newest first. It watches how
 * long requests have waited when they are read. While that stands above a target, requests are put
 * aside unread until the reader has caught up with the newest; from there on they are answered
 * again.
 *
 * <p>In the order of arrival everybody would wait longer and longer, and all would be answered too
 * late. A queue that comes and goes is left alone, since those in it can still be answered in time;
 * only one that stands is cut (as in CoDel: Nichols and Jacobson, Controlling Queue Delay, 2012),
 * and then wholly, since a request that has waited for long has little time left.
 *
 * <p>Not every wait is a queue of ours. What requests have waited at the least is the way to here,
 * and by how much the writers' clocks differ from ours: up to half of the target it is left out of
 * account. And where the reader has time to spare, however late requests come, the delay is
 * somebody else's, and putting requests aside would only lose them.
 *
 * <p>With an answer that takes {@code c} and a request put aside that takes {@code s}, overload of
 * {@code r} times what can be answered leaves (1 - r s / c) / (1 - s / c) of the answers, until
 * putting aside alone takes all the time. Allocates nothing. Not thread safe.
 */
public final class OverloadGuard {
  /** Time after which what was the least wait is forgotten, half by half. */
  private static final long FLOOR_MEMORY_MILLIS = 10_000;

  private static final long FIRST_MILLIS = 1_000;
  private static final int TARGETS_TO_STAND = 2;

  /** Targets, in quarters, after which there is no time left to see whether a queue stands. */
  private static final int QUARTERS_TO_BE_LATE = 7;

  private static final int PARTS_TO_CATCH_UP = 4;

  /** Of its time the reader waits for requests at least this part where it is not overloaded. */
  private static final double SPARE = 0.1;

  /** For so long after it has caught up it waits for no further proof. */
  private static final long KNOWN_MILLIS = 1_000;

  private final long targetMillis;
  private boolean shedding;
  private boolean standing;
  private long standingSince;
  private long knownUntil = Long.MIN_VALUE;
  private boolean busy;
  private long windowEnd = Long.MIN_VALUE;
  private long windowStart;
  private long idleAtStart;
  private long lowest;
  private long lowestAt;
  private long floorBefore;
  private long floorNow;
  private long floorUntil = Long.MIN_VALUE;

  /**
   * A guard that has seen no requests.
   *
   * @param targetMillis a wait that is too long where it stands, at least 1
   */
  public OverloadGuard(long targetMillis) {
    if (targetMillis < 1) {
      throw new IllegalArgumentException("the target must be at least 1 ms: " + targetMillis);
    }
    this.targetMillis = targetMillis;
  }

  /**
   * Whether a request is put aside.
   *
   * @param waitMillis time since it was written; below 0 where the writer's clock is ahead
   * @param nowMillis the clock; must not go back by much
   * @param idleMillis how long the reader has waited for requests in all, up to now
   */
  public boolean putsAside(long waitMillis, long nowMillis, long idleMillis) {
    look(nowMillis, idleMillis);
    long queued = waitMillis - floor(waitMillis, nowMillis);
    return shedding
        ? stillSheds(waitMillis, queued, nowMillis)
        : begins(waitMillis, queued, nowMillis);
  }

  /** Sees, a target's time after the other, whether the reader has had time to spare. */
  private void look(long nowMillis, long idleMillis) {
    if (nowMillis < windowEnd && nowMillis >= windowStart) {
      return;
    }
    long time = nowMillis - windowStart;
    busy = windowEnd != Long.MIN_VALUE && idleMillis - idleAtStart < SPARE * time;
    windowStart = nowMillis;
    windowEnd = nowMillis + targetMillis;
    idleAtStart = idleMillis;
  }

  private boolean begins(long waitMillis, long queued, long nowMillis) {
    boolean known = nowMillis < knownUntil;
    if (queued <= targetMillis || !(busy || known)) {
      standing = false;
      return false;
    }
    if (!standing) {
      standing = true;
      standingSince = nowMillis;
    }
    shedding =
        4 * waitMillis > QUARTERS_TO_BE_LATE * targetMillis
            || nowMillis - standingSince >= TARGETS_TO_STAND * targetMillis
            || known;
    lowest = Long.MAX_VALUE;
    lowestAt = nowMillis;
    return shedding;
  }

  /**
   * It ends with the newest: where nearly nothing is queued, or where the wait falls no further.
   * The latter is no more than a hope where putting aside can't keep up either; then it begins
   * again.
   */
  private boolean stillSheds(long waitMillis, long queued, long nowMillis) {
    if (waitMillis < lowest) {
      lowest = waitMillis;
      lowestAt = nowMillis;
    }
    if (queued <= targetMillis / PARTS_TO_CATCH_UP) {
      shedding = false;
      knownUntil = nowMillis + KNOWN_MILLIS;
    } else if (nowMillis - lowestAt >= targetMillis) {
      shedding = false;
      knownUntil = Long.MIN_VALUE;
    }
    standing = false;
    return shedding;
  }

  /** The least wait lately, from 0 to half of the target. */
  private long floor(long waitMillis, long nowMillis) {
    if (nowMillis >= floorUntil) {
      // Of the first second nothing is known; it is soon over.
      boolean first = floorUntil == Long.MIN_VALUE;
      floorBefore = floorNow;
      floorNow = Long.MAX_VALUE;
      floorUntil = nowMillis + (first ? FIRST_MILLIS : FLOOR_MEMORY_MILLIS);
    }
    floorNow = Math.min(floorNow, waitMillis);
    return Math.max(0, Math.min(Math.min(floorBefore, floorNow), targetMillis / 2));
  }
}
