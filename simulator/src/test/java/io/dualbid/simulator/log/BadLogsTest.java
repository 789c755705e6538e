package io.dualbid.simulator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs that were made to hurt are refused with file and line, in bounded memory. */
class BadLogsTest {
  private static final String HEAD = "timestamp,price,value\n";

  @TempDir private Path folder = Path.of("");

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private Path file(String name, String text) throws IOException {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(Path file, int line) {
    assertThatThrownBy(() -> Rows.read(file))
        .isInstanceOf(WrongLog.class)
        .hasMessageStartingWith(file + ":" + line + ":")
        .hasMessageContaining("; accepted: ")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(4_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "NaN", "Infinity", "1e300", "1e999999999", "0x1p3", "", "1,5"})
  void pricesThatNobodyPays(String price) throws IOException {
    refused(file("a.csv", HEAD + "1,1,1\n1,\"" + price + "\",1\n"), 3);
    String json = "{\"price\":1,\"value\":1}\n{\"price\":\"" + price + "\",\"value\":1}\n";
    refused(file("a.jsonl", json), 2);
  }

  @Test
  void timesOfOtherCenturiesAreTimes() throws IOException {
    Path file = file("a.csv", HEAD + "0,1,1\n1970-01-01T00:00:01Z,1,1\n2100-01-01T00:00:00Z,1,1\n");
    List<Rows.Row> rows = Rows.read(file);
    assertThat(rows.stream().map(Rows.Row::timeMillis))
        .containsExactly(0L, 1_000L, 4_102_444_800_000L);
    refused(file("b.csv", HEAD + "99999999999999999999,1,1\n"), 2);
  }

  @Test
  void bytesThatAreNoUtf8() throws IOException {
    byte[] bytes = "segment,price,value\ns,1,1\n".getBytes(StandardCharsets.UTF_8);
    bytes[20] = (byte) 0xFF;
    refused(file("a.csv", bytes), 2);
    byte[] json = "{\"segment\":\"s\",\"price\":1,\"value\":1}\n".getBytes(StandardCharsets.UTF_8);
    json[12] = (byte) 0xC0;
    refused(file("a.jsonl", json), 1);
  }

  @Test
  void linesWithoutEnd() throws IOException {
    byte[] bytes = new byte[10 << 20];
    Arrays.fill(bytes, (byte) 'x');
    for (String name : List.of("a.csv", "a.tsv", "a.jsonl")) {
      refused(file(name, bytes), 1);
    }
    String id = "x".repeat(2 << 20);
    refused(file("b.csv", "request_id,price,value\n" + id + ",1,1\n"), 2);
    refused(file("c.csv", "request_id,price,value\n\"" + id + "\",1,1\n"), 2);
  }

  @Test
  void deepNesting() throws IOException {
    String deep = "[".repeat(300_000) + "]".repeat(300_000);
    refused(file("a.jsonl", "{\"price\":1,\"value\":1,\"x\":" + deep + "}\n"), 1);
  }

  /** A gigabyte out of a megabyte: read as it comes, and refused at its first line. */
  @Test
  void aGzipBomb() throws IOException {
    Path file = folder.resolve("bomb.csv.gz");
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) '0');
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(HEAD.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 1_024; i++) {
        out.write(block);
      }
    }
    assertThat(Files.size(file)).isLessThan(2 << 20);
    refused(file, 2);
  }

  @Test
  void gzipThatIsCutOffOrBroken() throws IOException {
    Path whole = folder.resolve("whole.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      out.write((HEAD + "1,1,1\n".repeat(1_000)).getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = file("cut.csv.gz", Arrays.copyOf(bytes, bytes.length - 9));
    assertThatThrownBy(() -> Rows.read(cut))
        .isInstanceOf(WrongLog.class)
        .hasMessageStartingWith(cut + ":");
    byte[] behind = Arrays.copyOf(bytes, bytes.length + 20);
    behind[bytes.length + 1] = 1;
    Path more = file("more.csv.gz", behind);
    assertThatThrownBy(() -> Rows.read(more)).isInstanceOf(WrongLog.class);
  }
}
