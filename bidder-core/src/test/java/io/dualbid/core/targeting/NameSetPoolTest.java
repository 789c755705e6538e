package io.dualbid.core.targeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NameSetPoolTest {
  private final NameSetPool pool = new NameSetPool();

  @Property
  void sharesASetExactlyIfTheNamesAreTheSame(
      @ForAll @Size(max = 4) Set<@AlphaChars @StringLength(min = 1, max = 2) String> one,
      @ForAll @Size(max = 4) Set<@AlphaChars @StringLength(min = 1, max = 2) String> other) {
    NameSet first = pool.of(one);

    assertThat(pool.of(new HashSet<>(one))).isSameAs(first);
    assertThat(pool.of(other).equals(first)).isEqualTo(one.equals(other));
  }

  @Test
  void setsOfDifferentSizesOrNamesDiffer() {
    assertThat(pool.of(List.of("a", "b"))).isNotEqualTo(pool.of(List.of("a")));
    assertThat(pool.of(List.of("a", "b"))).isNotEqualTo(pool.of(List.of("a", "c")));
    assertThat(pool.of(List.of())).isSameAs(NameSet.EMPTY);
  }
}
