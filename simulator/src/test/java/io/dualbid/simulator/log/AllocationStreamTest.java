package io.dualbid.simulator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.matching.Arrival;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Allocation logs from files. */
class AllocationStreamTest {
  private static final String CAPACITY = "{\"capacity\": {\"a\": {\"budget\": 2}, \"seat\": 1}}\n";

  @TempDir private Path folder = Path.of("");

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String arrival(String time, String campaign) {
    return "{"
        + (time.isEmpty() ? "" : "\"t\": " + time + ", ")
        + "\"options\": [{\"campaign\": \""
        + campaign
        + "\", \"reward\": 1}]}\n";
  }

  private static List<String> campaigns(Path... files) throws IOException {
    List<String> seen = new ArrayList<>();
    try (AllocationStream stream = new AllocationStream(List.of(files), new Capacities(), null)) {
      while (stream.next()) {
        seen.add(stream.row().campaign(0));
      }
    }
    return seen;
  }

  @Test
  void mergesFilesInTheOrderOfTime() throws IOException {
    Path one = file("1.jsonl", CAPACITY + arrival("1", "a") + arrival("4.5", "b"));
    Path two = file("2.jsonl", CAPACITY + arrival("1", "c") + arrival("2", "d") + "\n");
    assertThat(campaigns(one, two)).containsExactly("a", "c", "d", "b");
    Path iso = file("3.jsonl", arrival("\"1970-01-01T00:00:00.003Z\"", "e"));
    assertThat(campaigns(one, iso)).containsExactly("a", "e", "b");
  }

  @Test
  void readsOneFileAfterTheOtherWithoutTimes() throws IOException {
    Path one = file("1.jsonl", arrival("", "a") + arrival("", "b"));
    Path two = file("2.jsonl", arrival("", "c"));
    assertThat(campaigns(two, one)).containsExactly("c", "a", "b");
  }

  @Test
  void tellsWhereALineIsWrongAndWhatIsAccepted() throws IOException {
    refuses("{\"t\": 1,\n", ":1:", "found no JSON (");
    refuses("[1]\n", ":1:1: found '[1]'; accepted: an object", "");
    refuses("{\"t\": 1}\n", ":1:1: found neither a list 'options' nor", "");
    refuses(arrival("1", "a") + CAPACITY, ":2:1: found neither a list", "before all arrivals");
    refuses(arrival("\"soon\"", "a"), ":1:2: found the time 'soon'", "ISO-8601");
    refuses(arrival("2", "a") + arrival("1", "a"), ":2:2: found t 1.0 after 2.0", "order of t");
    refuses(arrival("2", "a") + arrival("", "a"), ":2:1: found no time 't'", "as in the first");
    refuses("{\"options\": [3]}\n", ":1:14: found the option '3'", "campaign, reward");
    refuses("{\"options\": [{\"reward\": 1}]}\n", ":1:14: found an option without a campaign", "");
    refuses("{\"options\": [{\"campaign\": \"a\"}]}\n", ":1:14: found an option without a", "");
    refuses(
        "{\"options\": [{\"campaign\": \"a\", \"reward\": \"x\"}]}\n",
        ":1:32: found 'reward' 'x'; accepted: a finite number",
        "");
    refuses(
        "{\"options\": [{\"campaign\": \"a\", \"reward\": 1, \"success_probability\": 2}]}\n",
        ":1:45: found the probability 2.0; accepted: 0 to 1",
        "");
    refuses(
        "{\"options\": [{\"campaign\": \"a\", \"reward\": 1, \"consumption\": {\"budget\": -1}}]}\n",
        ":1:61: found the amount -1.0 of budget; accepted: one from 0",
        "");
    refuses(
        CAPACITY + "{\"capacity\": {\"a\": {\"budget\": 3}}}\n",
        ":2:21: found a second capacity of a.budget; accepted: one, or the same again",
        "");
  }

  private void refuses(String text, String place, String words) throws IOException {
    Path wrong = file("wrong.jsonl", text);
    assertThatThrownBy(() -> campaigns(wrong))
        .isInstanceOf(WrongLog.class)
        .hasMessageStartingWith(wrong + place)
        .hasMessageContaining(words);
  }

  @Test
  void skipsCountsAndWritesDownWhatCannotBeRead() throws IOException {
    Path log = file("a.jsonl", arrival("1", "a") + "oops\n" + arrival("2", "b"));
    Path told = folder.resolve("skipped.jsonl");
    List<String> seen = new ArrayList<>();
    try (SkippedRows skipped = new SkippedRows(told);
        AllocationStream stream = new AllocationStream(List.of(log), new Capacities(), skipped)) {
      while (stream.next()) {
        seen.add(stream.row().campaign(0));
      }
      assertThat(skipped.count()).isEqualTo(1);
    }
    assertThat(seen).containsExactly("a", "b");
    assertThat(Files.readString(told)).contains("\"line\":2", "oops");
  }

  @Test
  void tellsOfAGzipThatIsCut() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(arrival("1", "a").repeat(1000).getBytes(StandardCharsets.UTF_8));
    }
    Path cut = folder.resolve("cut.jsonl.gz");
    Files.write(cut, Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
    assertThatThrownBy(() -> campaigns(cut))
        .isInstanceOf(WrongLog.class)
        .hasMessageContaining("found broken gzip");
  }

  private AllocationTape tape(String text, long memory) throws IOException {
    Path log = file("tape.jsonl", text);
    Capacities capacities = new Capacities();
    try (AllocationStream stream = new AllocationStream(List.of(log), capacities, null)) {
      return AllocationTape.read(
          List.of(log), stream, capacities, 1, Long.MAX_VALUE, AuctionLog.Progress.NONE, memory);
    }
  }

  /** From memory and from disk the same, as often as wished. */
  @Test
  void keepsEveryArrivalOnItsTape() throws IOException {
    AllocationGenerator generator =
        new AllocationGenerator(5, new AllocationGenerator.Shape(7, 3, 0.2, 0.3));
    Path log = folder.resolve("made.jsonl");
    try (var to = AllocationGenerator.open(log)) {
      generator.capacities(20_000, to);
      generator.arrivals(20_000, to);
    }
    String text = Files.readString(log);
    try (AllocationTape inMemory = tape(text, 64L << 20);
        AllocationTape onDisk = tape(text, 1 << 12)) {
      assertThat(inMemory.arrivals()).isEqualTo(20_000);
      assertThat(onDisk.options()).isEqualTo(60_000).isEqualTo(inMemory.options());
      assertThat(onDisk.campaigns().capacities()).isEqualTo(inMemory.campaigns().capacities());
      assertThat(onDisk.campaigns().ids()).hasSize(7);
      for (int time = 0; time < 2; time++) {
        AllocationTape.Cursor one = inMemory.read();
        AllocationTape.Cursor other = onDisk.read();
        Arrival a = new Arrival();
        Arrival b = new Arrival();
        int count = 0;
        while (one.next(a)) {
          assertThat(other.next(b)).isTrue();
          count++;
          assertThat(b.size()).isEqualTo(a.size()).isEqualTo(3);
          for (int e = 0; e < a.size(); e++) {
            assertThat(b.vertex(e)).isEqualTo(a.vertex(e));
            assertThat(b.probability(e)).isEqualTo(a.probability(e));
            assertThat(b.amount(e)).isEqualTo(a.amount(e));
            assertThat(b.reward(e)).isEqualTo(a.reward(e));
          }
        }
        assertThat(other.next(b)).isFalse();
        assertThat(count).isEqualTo(20_000);
      }
    }
  }

  @Test
  void takesAmountsAsNanosAndNoLimitWhereNoneIsGiven() throws IOException {
    String text =
        CAPACITY
            + """
            {"options": [{"campaign": "b", "reward": 2, "success_probability": 0.5},
             {"campaign": "a", "reward": 3, "consumption": {"budget": 0.4}},
             {"campaign": "c", "reward": 3, "success_probability": 0}]}
            {"options": []}
            """
                .replace(",\n", ",");
    try (AllocationTape tape = tape(text, 1 << 20)) {
      assertThat(tape.campaigns().ids()).containsExactly("a", "b", "c");
      assertThat(tape.campaigns().capacities())
          .containsExactly(
              2_000_000_000L, AllocationCampaigns.UNLIMITED, AllocationCampaigns.UNLIMITED);
      Arrival arrival = new Arrival();
      AllocationTape.Cursor cursor = tape.read();
      assertThat(cursor.next(arrival)).isTrue();
      assertThat(arrival.size()).isEqualTo(2);
      assertThat(arrival.amount(1)).isEqualTo(400_000_000L);
      assertThat(cursor.next(arrival)).isTrue();
      assertThat(arrival.size()).isZero();
      assertThat(cursor.next(arrival)).isFalse();
    }
  }

  @Test
  void refusesWhatMatchingCannotSay() {
    assertThatThrownBy(
            () ->
                tape(
                    CAPACITY
                        + "{\"options\": [{\"campaign\": \"a\", \"reward\": 1,"
                        + " \"consumption\": {\"budget\": 1, \"seat\": 1}}]}\n",
                    1))
        .hasMessageContaining(":2:74: found 'seat' besides 'budget'; accepted: one resource");
    assertThatThrownBy(
            () ->
                tape(
                    CAPACITY
                        + "{\"options\": [{\"campaign\": \"b\", \"reward\": 1,"
                        + " \"consumption\": {\"seat\": 1}}]}\n",
                    1))
        .hasMessageContaining("which all share");
    assertThatThrownBy(
            () ->
                tape(
                    "{\"options\": [{\"campaign\": \"b\", \"reward\": 1,"
                        + " \"consumption\": {\"seat\": 1}}]}\n",
                    1))
        .hasMessageContaining("without a capacity; accepted: resources in the line");
    assertThatThrownBy(
            () ->
                tape(
                    "{\"options\": [{\"campaign\": \"b\", \"reward\": 1},"
                        + " {\"campaign\": \"b\", \"reward\": 1}]}\n",
                    1))
        .hasMessageContaining("found 'b' twice");
    assertThatThrownBy(() -> tape(arrival("", "b").replace(": 1}", ": -1}"), 1))
        .hasMessageContaining("found the reward -1.0; accepted: 0 or more");
  }
}
