package io.dualbid.simulator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.simulator.log.Rows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatTest {
  private static final int ROWS = 3_000;
  private static final long SEED = 7;

  @TempDir private Path folder = Path.of("");

  private Path generated(String name) throws IOException {
    Path file = folder.resolve(name);
    try (LogWriter writer = LogWriter.open(file, LogFormat.of(file))) {
      writer.write(new LogGenerator(SEED, 3), ROWS);
    }
    return file;
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path parquet(String select) throws SQLException {
    Path file = folder.resolve("log.parquet");
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT PARQUET)");
    }
    return file;
  }

  private static void assertIsGenerated(List<Row> rows) {
    LogGenerator generator = new LogGenerator(SEED, 3);
    assertThat(rows).hasSize(ROWS);
    for (Row row : rows) {
      GeneratedAuction auction = generator.next();
      assertThat(row.timeMillis()).isEqualTo(auction.timeMillis());
      assertThat(row.requestId()).isEqualTo(auction.requestId());
      assertThat(row.campaign()).isEqualTo(auction.campaign());
      assertThat(row.value()).isNaN();
      assertThat(row.clickRate()).isEqualTo(auction.clickRateMillionths() / 1e6);
      assertThat(row.priceNanos()).isEqualTo(auction.priceThousandths() * 1_000);
      assertThat(row.clicked()).isEqualTo(auction.clicked());
      assertThat(row.conversionValue()).isEqualTo(auction.conversionHundredths() / 1e2);
      assertThat(row.conversionDelayMillis()).isEqualTo(auction.conversionDelayMillis());
      assertThat(row.segment()).isEqualTo(auction.segment());
      assertThat(row.attributes()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.tsv", "a.csv", "a.jsonl", "a.tsv.gz", "a.csv.gz", "a.jsonl.gz", "A.CSV"})
  void givesTheRowsThatWereWritten(String name) throws IOException {
    assertIsGenerated(Rows.read(generated(name)));
  }

  @Test
  void readsParquetOfTheSameRows() throws IOException, SQLException {
    Path csv = generated("a.csv");
    assertIsGenerated(Rows.read(parquet("SELECT * FROM read_csv('" + csv + "', header = true)")));
  }

  @Test
  void readsWhateverTypesParquetHas() throws IOException, SQLException {
    Path file =
        parquet(
            "SELECT TIMESTAMP '2026-03-29 02:30:00.125' AS timestamp, true AS click, 0.1::FLOAT AS"
                + " pctr, 2.5::DECIMAL(10,3) AS price, 7::UTINYINT AS conversion_value, 'x' AS city"
                + " UNION ALL SELECT TIMESTAMP '2026-03-29 03:30:00', false, 1e-9::FLOAT, 1e-7, NULL, NULL");
    List<Row> rows = Rows.read(file);
    assertThat(rows.get(0).timeMillis()).isEqualTo(1_774_751_400_125L);
    assertThat(rows.get(0).clicked()).isTrue();
    assertThat(rows.get(0).clickRate()).isEqualTo(0.1);
    assertThat(rows.get(0).priceNanos()).isEqualTo(2_500_000);
    assertThat(rows.get(0).conversionValue()).isEqualTo(7);
    assertThat(rows.get(0).attributes()).isEqualTo(Map.of("city", "x"));
    assertThat(rows.get(1).clicked()).isFalse();
    assertThat(rows.get(1).attributes()).isEmpty();
  }

  @Test
  void tellsWhatIsWrongInParquet() throws IOException, SQLException {
    Path file = parquet("SELECT 1 AS price, 0.5 AS pctr UNION ALL SELECT -1, 0.5");
    assertThatThrownBy(() -> Rows.read(file))
        .hasMessage(
            file
                + ":2:1: found price '-1'; accepted: a number from 0, for a thousand impressions"
                + " (CPM)");
    Path none = file("none.parquet", "PAR");
    assertThatThrownBy(() -> Rows.read(none))
        .isInstanceOf(WrongLog.class)
        .hasMessageStartingWith(none + ":1:1: found no Parquet (")
        .hasMessageEndingWith("accepted: a Parquet file");
  }

  @Test
  void takesColumnsInAnyOrderAndKeepsUnknownOnes() throws IOException {
    Path csv =
        file(
            "a.csv",
            "\uFEFF"
                + """
                site,price,"value",timestamp
                "a ""b"", c",1.5,2e-3,2026-01-31T12:00:00.5+01:00

                ,0.0000015,.25,2026-01-31T11:00:01Z
                """);
    List<Row> rows = Rows.read(csv);
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).attributes()).isEqualTo(Map.of("site", "a \"b\", c"));
    assertThat(rows.get(0).priceNanos()).isEqualTo(1_500_000);
    assertThat(rows.get(0).value()).isEqualTo(0.002);
    assertThat(rows.get(0).timeMillis()).isEqualTo(1_769_857_200_500L);
    // A price below a nano is rounded up: what is owed is never understated.
    assertThat(rows.get(1).priceNanos()).isEqualTo(2);
    assertThat(rows.get(1).attributes()).isEmpty();
    Path json =
        file(
            "a.jsonl",
            "{\"site\": {\"id\": [1, 2]}, \"value\": 2e-3, \"price\": \"1.5\", \"click\": true,"
                + " \"segment\": null}\n");
    Row row = Rows.read(json).get(0);
    assertThat(row.attributes()).isEqualTo(Map.of("site", "{\"id\": [1, 2]}"));
    assertThat(row.value()).isEqualTo(0.002);
    assertThat(row.priceNanos()).isEqualTo(1_500_000);
    assertThat(row.clicked()).isTrue();
    assertThat(row.segment()).isNull();
  }

  private void refuses(String name, String text, String message) throws IOException {
    Path file = file(name, text);
    assertThatThrownBy(() -> Rows.read(file))
        .isInstanceOf(WrongLog.class)
        .hasMessage(file + message);
  }

  @Test
  void tellsWhereAFieldIsWrong() throws IOException {
    String head = "site,price,pctr,click,timestamp,conversion_delay_ms\n";
    String fine = "\"x\"\"y\",1,0.5,1,5,\n";
    refuses(
        "a.csv",
        head + fine + "\"x\"\"y\",1.2.3,0.5,1,5,\n",
        ":3:8: found price '1.2.3'; accepted: a number from 0, for a thousand impressions (CPM)");
    refuses(
        "b.csv", head + "s,1,1.5,1,5,\n", ":2:5: found pctr '1.5'; accepted: a number from 0 to 1");
    refuses("c.csv", head + "s,1,0.5,2,5,\n", ":2:9: found click '2'; accepted: 0 or 1");
    refuses(
        "d.csv",
        head + "s,1,0.5,1,2026-01-31T12:00:00,\n",
        ":2:11: found timestamp '2026-01-31T12:00:00'; accepted: milliseconds since 1970, or"
            + " ISO-8601 with its zone such as 2026-01-31T12:00:00Z");
    refuses(
        "e.csv",
        head + "s,1,0.5,1,5,-3\n",
        ":2:13: found conversion_delay_ms '-3'; accepted: whole milliseconds from 0");
    refuses("f.csv", head + "s,1\n", ":2:5: found 2 fields; accepted: 6, as in the header");
    refuses(
        "g.csv",
        head + "s,,0.5,1,5,\n",
        ":2:3: found no price; accepted: a number from 0, for a thousand impressions (CPM)");
    refuses(
        "h.tsv",
        "price\tvalue\n1\tNaN\n",
        ":2:3: found value 'NaN'; accepted: a number from 0, in account currency");
    refuses(
        "i.tsv",
        "price\tpctr\n1e30\t1\n",
        ":2:1: found price '1e30'; accepted: a number from 0, for a thousand impressions (CPM)");
  }

  @Test
  void tellsWhatIsWrongWithJson() throws IOException {
    String fine = "{\"price\": 1, \"pctr\": 0.5}\n";
    refuses(
        "a.jsonl",
        fine + "{\"price\": \"x\", \"pctr\": 0.5}\n",
        ":2:11: found price 'x'; accepted: a number from 0, for a thousand impressions (CPM)");
    refuses(
        "b.jsonl",
        fine + "{\"price\": 1}\n",
        ":2:1: found neither value nor pctr; accepted: one of them");
    refuses(
        "c.jsonl",
        fine + "{\"price\": 1, \"value\": 0.5}\n",
        ":2:14: found a value; accepted: none, as in the first row");
    refuses(
        "d.jsonl",
        fine + fine.trim() + " 5\n",
        ":2:27: found more after the object; accepted: one a line");
    Path broken = file("e.jsonl", fine + "{\"price\": 1,\n");
    assertThatThrownBy(() -> Rows.read(broken))
        .isInstanceOf(WrongLog.class)
        .hasMessageStartingWith(broken + ":2:")
        .hasMessageContaining("found no JSON (")
        .hasMessageEndingWith("accepted: an object with price and value or pctr");
    Path allocation = file("f.jsonl", "{\"capacity\": {\"a\": {\"budget\": 1}}}\n");
    assertThatThrownBy(() -> Rows.read(allocation))
        .hasMessageStartingWith(allocation + ":1:1: found an allocation log; accepted: auctions");
    assertThat(LogStream.isAllocationLog(allocation, false)).isTrue();
    assertThat(LogStream.isAllocationLog(broken, false)).isFalse();
  }

  @Test
  void tellsWhatIsWrongWithAFile() throws IOException {
    refuses(
        "a.csv", "", ":1:1: found no header; accepted: the names of the columns, such as price");
    refuses("b.csv", "price,a,a\n", ":1:9: found a second column 'a'; accepted: each column once");
    refuses(
        "c.csv",
        "cost,pctr\n1,1\n",
        ":1:1: found the columns cost, pctr; accepted: a column 'price' among them");
    refuses(
        "d.csv",
        "price,ctr\n1,1\n",
        ":1:1: found the columns price, ctr; accepted: a column 'value' or 'pctr' among them");
    refuses(
        "e.log",
        "price,ctr\n",
        ": found no format in its name; accepted: .tsv, .csv, .jsonl, each also .gz, or .parquet;"
            + " or --format tsv|csv|jsonl|parquet|ipinyou");
    refuses(
        "f.csv.gz",
        "price,pctr\n",
        ":1:1: found no gzip (Input is not in the .gz format); accepted: gzip, or another name");
    Path whole = generated("whole.csv.gz");
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> Rows.read(cut))
        .isInstanceOf(WrongLog.class)
        .hasMessageMatching(".*cut.csv.gz:\\d+:1: found broken gzip .*; accepted: a whole file");
    assertThatThrownBy(() -> LogFormat.named("xml"))
        .hasMessage("--format: found 'xml'; accepted: tsv, csv, jsonl, parquet, ipinyou");
  }
}
