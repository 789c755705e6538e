package io.dualbid.core.model;

/**
 * What became of the clicks of a campaign that pays by them.
 *
 * @param charged clicks that were charged, in full or with what was left
 * @param free clicks that came when nothing was left, and were charged nothing
 * @param late clicks that came after their attribution window, and are not charged
 * @param uncollectedNanos what clicks would have been charged beyond the budget, in nanos
 */
public record ClickCounts(long charged, long free, long late, long uncollectedNanos) {
  /** No clicks that are paid for. */
  public static final ClickCounts NONE = new ClickCounts(0, 0, 0, 0);
}
