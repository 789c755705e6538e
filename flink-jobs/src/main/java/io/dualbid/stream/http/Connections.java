package io.dualbid.stream.http;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected to a server, what each connection waits for, and since when. It names whom to
 * close: those that have waited too long, and, where there are too many, the one that has kept the
 * server waiting longest. Thread safe; times are of any clock that only goes forward, in
 * nanoseconds.
 *
 * @param <C> the connections, which are told apart by identity or {@code equals}
 */
final class Connections<C> {
  /** What a connection waits for; those that are closed first for others come first. */
  enum Stage {
    /** A whole request. */
    REQUEST,
    /** That the caller takes what is written. */
    WRITING,
    /** An answer that is being made up. */
    ANSWER,
    /** Nothing: the answer has no end, and somebody else looks after it. */
    LASTING
  }

  private record Since(Stage stage, long nanos) {}

  private final int most;
  private final Map<Stage, Long> longestNanos;

  // In the order in which they entered their stage.
  private final Map<C, Since> open = new LinkedHashMap<>();

  Connections(HttpLimits limits) {
    most = limits.connections();
    longestNanos = new EnumMap<>(Stage.class);
    longestNanos.put(Stage.REQUEST, limits.requestMillis() * 1_000_000);
    longestNanos.put(Stage.ANSWER, limits.answerMillis() * 1_000_000L);
    longestNanos.put(Stage.WRITING, limits.writeMillis() * 1_000_000L);
    longestNanos.put(Stage.LASTING, Long.MAX_VALUE);
  }

  /**
   * Takes in a new connection.
   *
   * @return the connection to close for it; the new one itself where all others are of use; null
   *     where there is room
   */
  synchronized @Nullable C opened(C connection, long nowNanos) {
    C leaves = null;
    if (open.size() >= most) {
      leaves = least();
      if (leaves == null) {
        return connection;
      }
      open.remove(leaves);
    }
    open.put(connection, new Since(Stage.REQUEST, nowNanos));
    return leaves;
  }

  private @Nullable C least() {
    C least = null;
    Stage stage = Stage.LASTING;
    for (var entry : open.entrySet()) {
      if (entry.getValue().stage.compareTo(stage) < 0) {
        least = entry.getKey();
        stage = entry.getValue().stage;
      }
    }
    return least;
  }

  /** A connection enters a stage; one that was closed stays out. */
  synchronized void enter(C connection, Stage stage, long nowNanos) {
    if (open.remove(connection) != null) {
      open.put(connection, new Since(stage, nowNanos));
    }
  }

  /** A connection is closed. */
  synchronized void closed(C connection) {
    open.remove(connection);
  }

  /** Takes out those that have been in their stage for longer than they may. */
  synchronized List<C> overdue(long nowNanos) {
    List<C> overdue = new ArrayList<>();
    open.forEach(
        (connection, since) -> {
          if (nowNanos - since.nanos > longestNanos.getOrDefault(since.stage, Long.MAX_VALUE)) {
            overdue.add(connection);
          }
        });
    overdue.forEach(open::remove);
    return overdue;
  }

  /** All that are open. */
  synchronized List<C> all() {
    return List.copyOf(open.keySet());
  }

  /** How many are open. */
  synchronized int size() {
    return open.size();
  }
}
