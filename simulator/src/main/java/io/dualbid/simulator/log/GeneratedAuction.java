package io.dualbid.simulator.log;

import org.jspecify.annotations.Nullable;

/**
 * An auction that was made up. Amounts are whole numbers of small units, so that each format writes
 * the same digits.
 *
 * @param campaign null where campaigns are not named
 * @param clickRateMillionths predicted click rate, in millionths
 * @param priceThousandths highest competing bid as CPM, in thousandths
 * @param conversionHundredths what the click brings, in hundredths; 0 for nothing
 */
record GeneratedAuction(
    long timeMillis,
    String requestId,
    @Nullable String campaign,
    long clickRateMillionths,
    long priceThousandths,
    boolean clicked,
    long conversionHundredths,
    long conversionDelayMillis,
    String segment) {}
