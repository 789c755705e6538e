package io.dualbid.simulator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualbid.simulator.log.Rows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStreamTest {
  @TempDir private Path folder = Path.of("");

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<String> ids(List<Row> rows) {
    return rows.stream().map(row -> String.valueOf(row.requestId())).toList();
  }

  @Test
  void givesRowsOfManyFilesInTheOrderOfTime() throws IOException {
    String head = "timestamp,request_id,price,pctr\n";
    Path one = file("1.csv", head + "10,a,1,1\n30,b,1,1\n30,c,1,1\n");
    Path two =
        file(
            "2.jsonl",
            """
            {"timestamp": 5, "request_id": "d", "price": 1, "pctr": 1}
            {"timestamp": 30, "request_id": "e", "price": 1, "pctr": 1}
            """);
    Path empty = file("3.csv", head);
    // At the same time the order of the files counts.
    assertThat(ids(Rows.read(one, two, empty))).containsExactly("d", "a", "b", "c", "e");
    assertThat(ids(Rows.read(two, empty, one))).containsExactly("d", "a", "e", "b", "c");
  }

  @Property(tries = 50)
  void mergesAsSortingDoes(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Path own = Files.createTempDirectory("merge");
    List<Path> files = new ArrayList<>();
    List<long[]> all = new ArrayList<>();
    for (int f = 0; f < 4; f++) {
      StringBuilder text = new StringBuilder("timestamp,request_id,price,pctr\n");
      long time = 0;
      int rows = random.nextInt(30);
      for (int i = 0; i < rows; i++) {
        time += random.nextInt(3);
        text.append(time).append(',').append(all.size()).append(",1,1\n");
        all.add(new long[] {time, all.size()});
      }
      files.add(Files.writeString(own.resolve(f + ".csv"), text));
    }
    all.sort(Comparator.comparingLong(row -> row[0]));
    assertThat(ids(Rows.read(files.toArray(Path[]::new))))
        .isEqualTo(all.stream().map(row -> Long.toString(row[1])).toList());
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(own);
  }

  @Test
  void readsOneFileAfterTheOtherWhereThereAreNoTimes() throws IOException {
    Path one = file("1.csv", "request_id,price,pctr\na,1,1\nb,1,1\n");
    Path two = file("2.csv", "price,request_id,pctr\n1,c,1\n");
    assertThat(ids(Rows.read(two, one))).containsExactly("c", "a", "b");
    Path timed = file("3.csv", "request_id,price,pctr,timestamp\nx,1,1,7\n");
    assertThatThrownBy(() -> Rows.read(one, timed))
        .isInstanceOf(WrongLog.class)
        .hasMessage(timed + ":2:7: found a timestamp; accepted: none, as in the first row");
    assertThatThrownBy(() -> Rows.read(timed, one))
        .isInstanceOf(WrongLog.class)
        .hasMessageStartingWith(
            one + ":2:1: found no timestamp; accepted: milliseconds since 1970");
  }

  @Test
  void refusesAFileThatIsNotInTheOrderOfTime() throws IOException {
    Path log = file("log.tsv", "price\tpctr\ttimestamp\n1\t1\t5\n1\t1\t4\n");
    assertThatThrownBy(() -> Rows.read(log))
        .isInstanceOf(WrongLog.class)
        .hasMessage(log + ":3:5: found timestamp 4 after 5; accepted: rows in the order of time");
  }

  @Test
  void refusesToMixUnitsOfPrices() throws IOException {
    Path triples = file("t", "0 1 0.1\n");
    assertThat(LogFormat.IPINYOU.priceUnitNanos())
        .isEqualTo(1_000 * LogFormat.CSV.priceUnitNanos());
    try (LogStream stream = new LogStream(List.of(triples), LogFormat.IPINYOU, true, null)) {
      assertThat(stream.next()).isTrue();
      assertThat(stream.row().priceNanos()).isEqualTo(1_000_000_000);
      assertThat(stream.row().clickRate()).isEqualTo(0.1);
      assertThat(stream.next()).isFalse();
      assertThat(stream.bytesRead()).isEqualTo(stream.bytes()).isEqualTo(8);
    }
  }

  @Test
  void skipsWhatCannotBeReadAndWritesItDown() throws IOException {
    Path log =
        file(
            "log.csv",
            "request_id,price,pctr,timestamp\na,1,1,5\n\"b, \"\"c\",x,1,6\nd,1,1,4\ne,1\nf,2,1,8\n");
    Path file = folder.resolve("skipped.jsonl");
    try (SkippedRows skipped = new SkippedRows(file)) {
      assertThat(ids(Rows.read(skipped, log))).containsExactly("a", "f");
      assertThat(skipped.count()).isEqualTo(3);
    }
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).path("file").asText()).isEqualTo(log.toString());
    assertThat(lines.get(0).path("line").asInt()).isEqualTo(3);
    assertThat(lines.get(0).path("column").asInt()).isEqualTo(10);
    assertThat(lines.get(0).path("found").asText()).isEqualTo("price 'x'");
    assertThat(lines.get(0).path("accepted").asText()).startsWith("a number from 0");
    assertThat(lines.get(0).path("row").asText()).isEqualTo("\"b, \"\"c\",x,1,6");
    assertThat(lines.get(1).path("found").asText()).isEqualTo("timestamp 4 after 5");
    assertThat(lines.get(2).path("found").asText()).isEqualTo("2 fields");
    // A run without such rows leaves no file of an earlier one.
    new SkippedRows(file).close();
    assertThat(file).doesNotExist();
  }
}
