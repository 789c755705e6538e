package io.dualbid.simulator.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void makesUpATokenWhereNoneIsGiven() throws IOException {
    Access one = Access.of("127.0.0.1", null, null);
    Access other = Access.of("127.0.0.1", null, "");
    assertThat(one.generated()).isTrue();
    assertThat(one.loopback()).isTrue();
    assertThat(one.token()).hasSizeGreaterThan(20).isNotEqualTo(other.token());
    assertThat(one.toString()).doesNotContain(one.token());
  }

  @Test
  void takesTheTokenOfAFileBeforeThatOfTheEnvironment() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "0123456789abcdef\n");
    Access access = Access.of("0.0.0.0", file, "another-token-of-the-environment");
    assertThat(access.token()).isEqualTo("0123456789abcdef");
    assertThat(access.loopback()).isFalse();
    assertThat(access.generated()).isFalse();
  }

  @Test
  void refusesATokenThatCanBeGuessed() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "secret\n");
    assertThatThrownBy(() -> Access.of("127.0.0.1", file, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("token:1:1: found a token of 6 characters; accepted: 16 or more")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> Access.of("127.0.0.1", null, "short"))
        .hasMessageContaining("DUALBID_CONSOLE_TOKEN");
  }
}
