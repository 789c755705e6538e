package io.dualbid.core.placement;

import org.jspecify.annotations.Nullable;

/**
 * An ad that is not shown.
 *
 * @param ad its id
 * @param bid per click, in account currency
 * @param reason why not
 * @param bestPosition where it would score highest, -1 if nowhere
 * @param against the ad that stands there, or that it is kept apart from; null for other reasons
 * @param bidNeeded a bid above this would have been shown, others as they are, and would have paid
 *     this per click; positive infinity if no bid would; NaN if not asked for
 */
public record Lost(
    String ad,
    double bid,
    LossReason reason,
    int bestPosition,
    @Nullable String against,
    double bidNeeded) {}
