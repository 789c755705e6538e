package io.dualbid.simulator.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes bad input out of good: takes bytes away, doubles them, puts others in, and exchanges whole
 * numbers and texts for those that readers trip over. The same seed gives the same inputs.
 */
final class Mutations {
  /** What readers trip over. */
  private static final List<String> TRAPS =
      List.of(
          "-1",
          "0",
          "-0",
          "1e400",
          "-1e400",
          "1e-400",
          "1e999999999",
          "1e-999999999",
          "NaN",
          "Infinity",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "99999999999999999999999999",
          "0.1e1",
          "4102444800000",
          "null",
          "true",
          "\"\"",
          "{}",
          "[]",
          "[[[[[[[[",
          "{\"a\":{\"a\":",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"a\"",
          "\"b\"",
          "\"a~/b\"",
          "\uFEFF",
          "\t",
          "\r",
          "\n",
          "\n\n",
          ",",
          ":",
          "\"",
          "'",
          "&a ",
          "*a",
          "<<: *a",
          "!!x ",
          "---",
          "? ",
          "- ",
          "%",
          "#",
          "\u2028",
          "\u0000",
          "$LEASE",
          "1970-01-01T00:00:00Z",
          "2100-01-01T00:00:00Z",
          "-999999999-01-01T00:00:00Z",
          "XXX",
          "99999999999d",
          "0s");

  private final List<byte[]> seeds;
  private final SplittableRandom random;

  Mutations(List<byte[]> seeds, long seed) {
    this.seeds = seeds;
    this.random = new SplittableRandom(seed);
  }

  /** The next input. */
  byte[] next() {
    byte[] input = seeds.get(random.nextInt(seeds.size()));
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      input = changed(input);
    }
    return input;
  }

  private byte[] changed(byte[] input) {
    int length = input.length;
    int from = length == 0 ? 0 : random.nextInt(length);
    int to = Math.min(length, from + 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 8));
    return switch (random.nextInt(8)) {
      case 0 -> replaced(input, from, to, new byte[0]);
      case 1 -> replaced(input, to, to, part(input, from, to));
      case 2 -> replaced(input, from, Math.min(length, from + 1), new byte[] {anyByte()});
      case 3 -> replaced(input, from, from, trap());
      case 4 -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int at = other.length == 0 ? 0 : random.nextInt(other.length);
        yield replaced(input, from, to, part(other, at, Math.min(other.length, at + 40)));
      }
      default -> {
        int begin = tokenBegin(input, from);
        yield replaced(input, begin, tokenEnd(input, begin), trap());
      }
    };
  }

  private byte anyByte() {
    return (byte) random.nextInt(256);
  }

  private byte[] trap() {
    return TRAPS.get(random.nextInt(TRAPS.size())).getBytes(StandardCharsets.UTF_8);
  }

  /** The first place from {@code at} on where a number or a text in quotes begins. */
  private static int tokenBegin(byte[] input, int at) {
    int begin = at;
    while (begin < input.length && input[begin] != '"' && !isOfNumber(input[begin])) {
      begin++;
    }
    return begin;
  }

  private static int tokenEnd(byte[] input, int begin) {
    if (begin == input.length) {
      return begin;
    }
    int end = begin + 1;
    if (input[begin] == '"') {
      while (end < input.length && input[end] != '"') {
        end++;
      }
      return Math.min(input.length, end + 1);
    }
    while (end < input.length && isOfNumber(input[end])) {
      end++;
    }
    return end;
  }

  private static boolean isOfNumber(byte b) {
    return (b >= '0' && b <= '9') || b == '.' || b == '-';
  }

  private static byte[] part(byte[] bytes, int from, int to) {
    byte[] part = new byte[to - from];
    System.arraycopy(bytes, from, part, 0, part.length);
    return part;
  }

  private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(input.length + by.length);
    out.write(input, 0, from);
    out.writeBytes(by);
    out.write(input, to, input.length - to);
    return out.toByteArray();
  }
}
