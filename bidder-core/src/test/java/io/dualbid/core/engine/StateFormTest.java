package io.dualbid.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.pacing.PacingConfig;
import io.dualbid.core.targeting.FrequencyCounter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Pins the bytes in which state is saved. Beside each file {@code FORM-vN-KIND.bin}, as version N
 * wrote it, lies what it means ({@code .txt}); every file must be understood for ever, and today's
 * code must write those of today's version byte for byte.
 *
 * <p>{@code -Ddualbid.state.write=true} writes the files of today's version, where there are none.
 */
class StateFormTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "state", "forms");
  private static final PacingConfig CONFIG = SavedPacers.CONFIG;

  private static final String REMEDY =
      "%n%s: state that is saved today can't be told apart from what was saved before, or is read"
          + " otherwise. If the form was changed on purpose: raise VERSION in %s, go on reading the"
          + " older versions (the format is handed to all that read), write the files of the new"
          + " version with mvn -pl bidder-core -Dtest=StateFormTest -Ddualbid.state.write=true test,"
          + " and keep the old files. If not: undo what changed the bytes.%n";

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Saved(String form, int version, String kind, byte[] bytes, String meaning) {}

  private static List<Saved> saved() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".bin"))
          .sorted()
          .map(StateFormTest::saved)
          .toList();
    }
  }

  private static Saved saved(Path file) {
    String[] name = file.getFileName().toString().replace(".bin", "").split("-", 3);
    try {
      return new Saved(
          name[0],
          Integer.parseInt(name[1].substring(1)),
          name[2],
          Files.readAllBytes(file),
          Files.readString(Path.of(file.toString().replace(".bin", ".txt"))));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  private static Pacer pacer(byte[] bytes) throws IOException {
    DataInputStream in = in(bytes);
    Pacer pacer =
        Pacer.read(
            CONFIG,
            in,
            data -> {
              byte[] definition = new byte[data.readInt()];
              data.readFully(definition);
              return Configurations.acceptedCampaign(definition);
            });
    assertThat(in.read()).as("bytes left over").isEqualTo(-1);
    return pacer;
  }

  private static byte[] bytes(Pacer pacer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    pacer.write(
        new DataOutputStream(bytes),
        (campaign, out) -> {
          byte[] definition = Configurations.toJson(campaign);
          out.writeInt(definition.length);
          out.write(definition);
        });
    return bytes.toByteArray();
  }

  private static byte[] bytes(FrequencyCounter counter) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    counter.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static FrequencyCounter counter(byte[] bytes) throws IOException {
    DataInputStream in = in(bytes);
    FrequencyCounter counter = FrequencyCounter.read(in, 2_000);
    assertThat(in.read()).as("bytes left over").isEqualTo(-1);
    return counter;
  }

  /** What a file says, by today's code. */
  private static String meaning(Saved saved) throws IOException {
    return meaning(saved.form(), saved.bytes());
  }

  private static String meaning(String form, byte[] bytes) throws IOException {
    if (form.equals("frequency")) {
      return SavedPacers.meaning(counter(bytes));
    }
    PacingUpdate update = pacer(bytes).standing();
    return String.join(
            "\n",
            "campaign " + update.campaign(),
            "epoch " + update.epoch(),
            "state " + update.state(),
            "multipliers " + update.multipliers(),
            "landscape " + update.landscape(),
            "ledger " + update.ledger(),
            "position " + update.position(),
            "totals " + update.totals(),
            "problem " + update.problem())
        + "\n";
  }

  private static byte[] again(Saved saved) throws IOException {
    return saved.form().equals("frequency")
        ? bytes(counter(saved.bytes()))
        : bytes(pacer(saved.bytes()));
  }

  private static String remedy(Saved saved) {
    String where = saved.form().equals("frequency") ? "FrequencyCounter" : "Pacer";
    return String.format(REMEDY, saved.form() + "-v" + saved.version() + "-" + saved.kind(), where);
  }

  private static int todaysVersion(String form) throws IOException {
    byte[] written =
        form.equals("frequency")
            ? bytes(SavedPacers.counter())
            : bytes(Objects.requireNonNull(SavedPacers.all().get("budget")));
    return written[0];
  }

  @TestFactory
  Stream<DynamicTest> understandsWhatEveryVersionWrote() throws IOException {
    return saved().stream()
        .map(
            saved ->
                DynamicTest.dynamicTest(
                    saved.form() + "-v" + saved.version() + "-" + saved.kind(),
                    () -> {
                      assertThat((int) saved.bytes()[0]).isEqualTo(saved.version());
                      assertThat(meaning(saved)).as(remedy(saved)).isEqualTo(saved.meaning());
                    }));
  }

  @TestFactory
  Stream<DynamicTest> writesTodaysVersionAsItAlwaysDid() throws IOException {
    int pacers = todaysVersion("pacer");
    int counters = todaysVersion("frequency");
    return saved().stream()
        .filter(s -> s.version() == (s.form().equals("frequency") ? counters : pacers))
        .map(
            saved ->
                DynamicTest.dynamicTest(
                    saved.form() + "-" + saved.kind(),
                    () -> assertThat(again(saved)).as(remedy(saved)).isEqualTo(saved.bytes())));
  }

  /** Each kind of controller has a form of its own, so each must lie there in today's version. */
  @Test
  void keepsAFileOfEachKindInTodaysVersion() throws IOException {
    TreeMap<String, byte[]> wanted = new TreeMap<>();
    int pacers = todaysVersion("pacer");
    for (var pacer : SavedPacers.all().entrySet()) {
      wanted.put("pacer-v" + pacers + "-" + pacer.getKey(), settled(bytes(pacer.getValue())));
    }
    String frequency = "frequency-v" + todaysVersion("frequency") + "-windows";
    wanted.put(frequency, bytes(SavedPacers.counter()));
    for (var file : wanted.entrySet()) {
      Path path = FOLDER.resolve(file.getKey() + ".bin");
      if (Boolean.getBoolean("dualbid.state.write") && !Files.exists(path)) {
        Files.createDirectories(FOLDER);
        Files.write(path, file.getValue());
        String form = file.getKey().split("-", 2)[0];
        Files.writeString(
            FOLDER.resolve(file.getKey() + ".txt"),
            meaning(form, file.getValue()),
            StandardCharsets.UTF_8);
      }
      assertThat(path)
          .as(
              "no file of today's version; write it with -Ddualbid.state.write=true, see %s",
              REMEDY)
          .exists();
    }
  }

  /** The order of ids that are remembered follows from the size of their table, once. */
  private static byte[] settled(byte[] bytes) throws IOException {
    byte[] before = bytes;
    for (int i = 0; i < 8; i++) {
      byte[] after = bytes(pacer(before));
      if (java.util.Arrays.equals(before, after)) {
        return after;
      }
      before = after;
    }
    throw new IllegalStateException("the bytes of a pacer never settle");
  }
}
