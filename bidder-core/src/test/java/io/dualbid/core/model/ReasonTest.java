package io.dualbid.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReasonTest {
  @Test
  void hasNumbersAndLabelsOfItsOwn() {
    assertThat(Arrays.stream(Reason.values()).map(Reason::number)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(Reason.values()).map(Reason::label)).doesNotHaveDuplicates();
  }

  /** Numbers and labels travel in responses and metrics: changing one breaks their readers. */
  @Test
  void keepsTheNumbersThatWerePublished() {
    assertThat(Arrays.stream(Reason.values()).map(reason -> reason.number() + " " + reason.label()))
        .containsExactly(
            "101 request-expired",
            "102 no-impression",
            "103 currency-unknown",
            "104 test-request",
            "105 seat-not-allowed",
            "106 overloaded",
            "201 warming-up",
            "301 no-candidate",
            "302 outside-flight",
            "303 outside-daypart",
            "304 not-active",
            "401 blocked-category",
            "402 blocked-advertiser",
            "403 blocked-attribute",
            "404 deal-required",
            "501 frequency-capped",
            "601 no-value",
            "602 below-floor",
            "603 floor-currency-unknown",
            "604 throttled",
            "701 lease-empty",
            "702 pacing-silent");
  }
}
