package io.dualbid.simulator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.stream.record.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
  private static final String HEADER =
      "{\"schema\":1,\"kind\":\"dualbid-journal\",\"engine\":\"kafka: { bootstrap: 'a:1' }\"}\n";

  @TempDir private Path folder = Path.of("");

  private Path file(String content) throws IOException {
    Path file = folder.resolve("journal.jsonl");
    Files.writeString(file, content);
    return file;
  }

  @Property(tries = 200)
  void anyBytesComeBackAsTheyWere(@ForAll byte[] key, @ForAll byte[] value) throws IOException {
    RawRecord record = new RawRecord("bids", 3, 7, 99, key, value);
    Path file = Files.createTempFile("journal", ".jsonl");
    try {
      Files.writeString(file, HEADER + JournalFile.line(record));
      RawRecord back = JournalFile.read(file).records("bids").get(0);
      assertThat(back.partition()).isEqualTo(3);
      assertThat(back.offset()).isEqualTo(7);
      assertThat(back.timeMillis()).isEqualTo(99);
      assertThat(back.key()).isEqualTo(key);
      assertThat(back.value()).isEqualTo(value);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void withoutKeyOrValueThereIsNone() throws IOException {
    Path file = file(HEADER + JournalFile.line(new RawRecord("campaigns", 0, 1, 1, null, null)));

    RawRecord back = JournalFile.read(file).records("campaigns").get(0);
    assertThat(back.key()).isNull();
    assertThat(back.value()).isNull();
  }

  @Test
  void namesTheLineThatIsWrong() throws IOException {
    String record = JournalFile.line(new RawRecord("bids", 0, 1, 1, null, null));
    assertThatThrownBy(() -> JournalFile.read(file(HEADER + record + "{nonsense\n")))
        .hasMessageContaining("journal.jsonl:3:1: found no JSON");
    assertThatThrownBy(() -> JournalFile.read(file(HEADER + record + record)))
        .hasMessageContaining("journal.jsonl:3:1: found offset 1 of bids/0 does not follow");
    assertThatThrownBy(() -> JournalFile.read(file("{}\n")))
        .hasMessageContaining(
            "journal.jsonl:1:1: found no journal; accepted: a file that 'dualbid journal' wrote");
    assertThatThrownBy(() -> JournalFile.read(file("")))
        .hasMessageContaining("journal.jsonl:1:1: found no JSON object");
  }

  @Test
  void findsRecordsByOffset() {
    EngineConfig engine =
        Configurations.engine("test", "kafka: { bootstrap: 'a:1' }", name -> null);
    Journal journal = new Journal(engine);
    for (long offset : List.of(2L, 3L, 7L)) {
      byte[] value = Long.toString(offset).getBytes(StandardCharsets.UTF_8);
      journal.add(new RawRecord("pacing", 0, offset, 1, null, value));
    }
    assertThat(journal.at("pacing", 0, 3)).isNotNull();
    assertThat(journal.at("pacing", 0, 4)).isNull();
    assertThat(journal.at("pacing", 1, 3)).isNull();
    assertThat(journal.between("pacing", 0, 0, 6))
        .extracting(RawRecord::offset)
        .containsExactly(2L, 3L);
    assertThat(journal.between("pacing", 0, 4, 6)).isEmpty();
  }
}
