package io.dualbid.core.placement;

import java.util.Set;

/**
 * A place in the text where an ad may stand.
 *
 * @param offset how far into the text, in the unit of {@link Limits#minDistance}; rises from
 *     position to position
 * @param topics of the text around it, which advertisers may exclude
 */
public record Position(int offset, Set<String> topics) {
  /** Copies the topics. */
  public Position {
    topics = Set.copyOf(topics);
  }

  /** A position without topics. */
  public Position(int offset) {
    this(offset, Set.of());
  }
}
