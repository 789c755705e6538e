package io.dualbid.stream.codec;

import io.dualbid.core.configuration.EngineConfig.Account;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts prices between account currency and those of requests. */
final class Currencies {
  /** What a floor is in where it doesn't say (OpenRTB 2.6, section 3.2.4). */
  private static final String OPENRTB_DEFAULT = "USD";

  private static final int CPM_DECIMALS = 6;
  private static final int MOST_DIGITS = 18;

  private final String account;
  private final Map<String, BigDecimal> rates;

  Currencies(Account settings) {
    account = settings.currency();
    rates = new HashMap<>(settings.rates());
    rates.put(account, BigDecimal.ONE);
  }

  /**
   * The currency to answer in: the account's where it is accepted, else the first accepted one that
   * has a rate; null where there is none.
   */
  @Nullable String response(List<String> accepted) {
    if (accepted.isEmpty() || accepted.contains(account)) {
      return account;
    }
    for (String currency : accepted) {
      if (rates.containsKey(currency)) {
        return currency;
      }
    }
    return null;
  }

  /**
   * A floor in nanos for one impression, rounded up; {@link Long#MAX_VALUE} where it is beyond all
   * money, {@link Impression#FLOOR_UNKNOWN} where its currency has no rate.
   */
  long floorNanos(@Nullable BigDecimal cpm, @Nullable String currency) {
    if (cpm == null || cpm.signum() <= 0) {
      return 0;
    }
    BigDecimal rate = rates.get(currency == null ? OPENRTB_DEFAULT : currency);
    if (rate == null) {
      return Impression.FLOOR_UNKNOWN;
    }
    long digits = (long) cpm.precision() - cpm.scale();
    if (digits > MOST_DIGITS) {
      return Long.MAX_VALUE;
    }
    if (digits < -MOST_DIGITS) {
      return 1;
    }
    try {
      return Money.nanosOfCpm(cpm.multiply(rate));
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  /** A bid as a CPM price in {@code currency}, never above what it is worth in the account's. */
  BigDecimal cpm(long nanos, String currency) {
    BigDecimal cpm = Money.cpm(nanos);
    BigDecimal rate = rates.get(currency);
    return rate == null || currency.equals(account)
        ? cpm
        : cpm.divide(rate, CPM_DECIMALS, RoundingMode.FLOOR);
  }
}
