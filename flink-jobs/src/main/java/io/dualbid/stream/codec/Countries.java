package io.dualbid.stream.codec;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Countries and regions as exchanges write them, in the form that targeting uses. */
final class Countries {
  private static final Map<String, String> ALPHA_3 = alpha3();

  private Countries() {}

  private static Map<String, String> alpha3() {
    Map<String, String> codes = new HashMap<>();
    for (String two : Locale.getISOCountries()) {
      String three = new Locale("", two).getISO3Country();
      codes.put(two, three);
      codes.put(three, three);
    }
    return codes;
  }

  /** The ISO 3166-1 alpha-3 code of an alpha-2 or alpha-3 code, or null. */
  static @Nullable String country(@Nullable String code) {
    if (code == null) {
      return null;
    }
    String known = ALPHA_3.get(code);
    return known != null ? known : ALPHA_3.get(code.toUpperCase(Locale.ROOT));
  }

  /** {@code COUNTRY-REGION} of a region with or without its country, or null. */
  static @Nullable String region(@Nullable String country, @Nullable String region) {
    if (country == null || region == null || region.isEmpty()) {
      return null;
    }
    String own = region.substring(region.lastIndexOf('-') + 1);
    return own.isEmpty() ? null : country + "-" + own.toUpperCase(Locale.ROOT);
  }
}
