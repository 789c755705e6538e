package io.dualbid.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BidIdTest {
  @Test
  void followsFromRequestAndImpressionAlone() {
    assertThat(BidId.of("request", "1")).isEqualTo(BidId.of("request", "1"));
    assertThat(BidId.of("request", "1")).isNotEqualTo(BidId.of("request", "2"));
    // Where one ends and the other begins matters.
    assertThat(BidId.of("ab", "c")).isNotEqualTo(BidId.of("a", "bc"));
  }

  /** Written into journals: a change of the function would make old bids strange. */
  @Test
  void isTheSameInEveryRelease() {
    assertThat(BidId.of("80ce30c53c16e6ede735f123ef6e32361bfc7b22", "1").toString())
        .isEqualTo("925be835eb1363f5f84e1c62c8d80b0f");
  }

  @Property
  void readsBackWhatItWrites(@ForAll long high, @ForAll long low) {
    BidId id = new BidId(high, low);
    assertThat(id.toString()).hasSize(32);
    assertThat(BidId.parse(id.toString())).isEqualTo(id);
  }

  @Test
  void refusesOtherTexts() {
    assertThatThrownBy(() -> BidId.parse("12")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BidId.parse("x".repeat(32)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsAHundredThousandRequestsApart() {
    Set<BidId> seen = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      assertThat(seen.add(BidId.of("request-" + i, "1"))).isTrue();
    }
  }
}
