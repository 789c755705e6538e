package io.dualbid.core.allocation;

/**
 * Whose consumption moves the prices where the best action no longer fits and the null action is
 * taken instead. Before the first such skip both are the same.
 */
public enum Gradient {
  /**
   * The best action's: the subgradient of the dual, so the prices go on learning what demand there
   * is and keep their bound.
   */
  TENTATIVE,

  /** The taken action's: what an auction can observe. Prices fall while nothing fits. */
  REALISED
}
