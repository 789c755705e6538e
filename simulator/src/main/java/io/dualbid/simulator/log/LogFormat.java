package io.dualbid.simulator.log;

import io.dualbid.core.model.Money;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The formats of logs. All but Parquet may be gzipped, by a name that ends with {@code .gz}. */
public enum LogFormat {
  /** Fields separated by tabs, with a header. */
  TSV {
    @Override
    RowReader open(Path file, boolean keepsTexts) throws IOException {
      return new DelimitedReader(file, '\t', new FieldReader(keepsTexts));
    }
  },
  /** Fields separated by commas, with a header; quoted by RFC 4180. */
  CSV {
    @Override
    RowReader open(Path file, boolean keepsTexts) throws IOException {
      return new DelimitedReader(file, ',', new FieldReader(keepsTexts));
    }
  },
  /** A JSON object a line. */
  JSONL {
    @Override
    RowReader open(Path file, boolean keepsTexts) throws IOException {
      return new JsonLinesReader(file, new FieldReader(keepsTexts));
    }
  },
  PARQUET {
    @Override
    RowReader open(Path file, boolean keepsTexts) throws IOException {
      return new ParquetReader(file, new FieldReader(keepsTexts));
    }
  },
  /** {@code click price pctr}, separated by spaces, without a header. */
  IPINYOU {
    @Override
    RowReader open(Path file, boolean keepsTexts) throws IOException {
      return new IpinyouReader(file);
    }

    @Override
    public long priceUnitNanos() {
      return Money.NANOS_PER_UNIT;
    }
  };

  /** A price of 1 for a thousand impressions is a thousandth for one. */
  private static final long CPM_NANOS = Money.NANOS_PER_UNIT / 1_000;

  /** All of them, for messages. */
  public static final String NAMES = "tsv, csv, jsonl, parquet, ipinyou";

  /** Opens a file. */
  abstract RowReader open(Path file, boolean keepsTexts) throws IOException;

  /**
   * What one unit of a price costs for one impression. Prices are for a thousand impressions (CPM)
   * in account currency; by the protocol of the iPinYou logs each impression costs the whole price.
   */
  public long priceUnitNanos() {
    return CPM_NANOS;
  }

  /**
   * The format of this name.
   *
   * @throws WrongLog if there is none
   */
  public static LogFormat named(String name) {
    for (LogFormat format : values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
        return format;
      }
    }
    throw new WrongLog("--format: found '" + name + "'; accepted: " + NAMES);
  }

  /**
   * The format that the name of a file tells.
   *
   * @throws WrongLog if it tells none
   */
  public static LogFormat of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      name = name.substring(0, name.length() - ".gz".length());
    }
    for (LogFormat format : values()) {
      if (format != IPINYOU && name.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
        return format;
      }
    }
    throw new WrongLog(
        file
            + ": found no format in its name; accepted: .tsv, .csv, .jsonl, each also .gz, or"
            + " .parquet; or --format "
            + NAMES.replace(", ", "|"));
  }
}
