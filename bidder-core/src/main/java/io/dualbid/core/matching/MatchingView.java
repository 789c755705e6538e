package io.dualbid.core.matching;

/** What policies see of the offline side. Amounts are in units of the vertex's capacity. */
public interface MatchingView {
  /** Number of vertices. */
  int vertices();

  /** What a success brings for each unit it uses, above 0. */
  double weight(int vertex);

  /** How much the vertex can take in all, at least 1. */
  long capacity(int vertex);

  /** What successes have used. */
  long consumed(int vertex);

  /** What attempts under way may still use. */
  long reserved(int vertex);

  /** Expected consumption of everything ever assigned, succeeded, failed or under way. */
  double expectedConsumption(int vertex);

  /** The expected consumption as a share of the capacity; it may exceed 1. */
  default double load(int vertex) {
    return expectedConsumption(vertex) / capacity(vertex);
  }

  /** Whether a success of this amount would fit whatever becomes of the attempts under way. */
  default boolean available(int vertex, long amount) {
    return capacity(vertex) - consumed(vertex) - reserved(vertex) >= amount;
  }
}
