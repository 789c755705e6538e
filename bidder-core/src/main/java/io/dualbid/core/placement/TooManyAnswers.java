package io.dualbid.core.placement;

/**
 * An instance whose constraints leave too many answers to try. No rule that is truthful could give
 * up half-way, so the auction isn't held.
 */
public final class TooManyAnswers extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyAnswers(String message) {
    super(message);
  }
}
