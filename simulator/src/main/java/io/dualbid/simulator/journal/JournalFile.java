package io.dualbid.simulator.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.stream.record.RawRecord;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A journal as a file: first a line with the engine's settings, then a record a line, as JSON;
 * packed where the name ends in {@code .gz}. Bytes that are no text are written in base 64, so that
 * what is read back is what was there.
 */
public final class JournalFile {
  private static final int SCHEMA = 1;
  private static final String KIND = "dualbid-journal";
  private static final JsonFactory FACTORY = new JsonFactory();

  private JournalFile() {}

  /**
   * Writes the journal of an engine from its cluster.
   *
   * @param settings the engine's settings as text, without secrets
   * @return number of records
   */
  public static long write(EngineConfig engine, String settings, Path file) throws IOException {
    long[] count = new long[1];
    try (Writer out = writer(file)) {
      out.write(header(settings));
      Journal.scan(
          engine,
          record -> {
            try {
              out.write(line(record));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            count[0]++;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return count[0];
  }

  private static Writer writer(Path file) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    return new BufferedWriter(
        new OutputStreamWriter(
            packed(file) ? new GZIPOutputStream(out) : out, StandardCharsets.UTF_8));
  }

  private static boolean packed(Path file) {
    return String.valueOf(file.getFileName()).endsWith(".gz");
  }

  private static String header(String settings) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      out.writeStartObject();
      out.writeNumberField("schema", SCHEMA);
      out.writeStringField("kind", KIND);
      out.writeStringField("engine", settings);
      out.writeEndObject();
    }
    return text + "\n";
  }

  static String line(RawRecord record) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("topic", record.topic());
      out.writeNumberField("partition", record.partition());
      out.writeNumberField("offset", record.offset());
      out.writeNumberField("time", record.timeMillis());
      write(out, "key", record.key());
      write(out, "value", record.value());
      out.writeEndObject();
    }
    return text + "\n";
  }

  private static void write(JsonGenerator out, String name, byte @Nullable [] bytes)
      throws IOException {
    if (bytes == null) {
      return;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      out.writeStringField(name, text);
    } else {
      out.writeStringField(name + "_base64", Base64.getEncoder().encodeToString(bytes));
    }
  }

  /**
   * Reads a journal.
   *
   * @throws IllegalArgumentException naming the line and what is accepted, if it is none
   */
  public static Journal read(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    try (InputStream in = Files.newInputStream(file);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    packed(file) ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
      JsonNode header = node(mapper, file, 1, lines.readLine());
      if (!header.path("kind").asText().equals(KIND) || header.path("schema").asInt() != SCHEMA) {
        throw wrong(file, 1, "no journal", "a file that 'dualbid journal' wrote", null);
      }
      String settings = header.path("engine").asText();
      Journal journal =
          new Journal(
              Configurations.engine(
                  file + ", its engine", settings, name -> "stands-for-a-secret"));
      long number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        try {
          journal.add(record(node(mapper, file, number, line)));
        } catch (IllegalArgumentException e) {
          throw wrong(file, number, e.getMessage(), "records as they were written", e);
        }
      }
      return journal;
    }
  }

  private static RawRecord record(JsonNode node) {
    return new RawRecord(
        node.path("topic").asText(),
        node.path("partition").asInt(),
        node.path("offset").asLong(-1),
        node.path("time").asLong(),
        bytes(node, "key"),
        bytes(node, "value"));
  }

  private static byte @Nullable [] bytes(JsonNode node, String name) {
    if (node.has(name)) {
      return node.path(name).asText().getBytes(StandardCharsets.UTF_8);
    }
    return node.has(name + "_base64")
        ? Base64.getDecoder().decode(node.path(name + "_base64").asText())
        : null;
  }

  private static JsonNode node(ObjectMapper mapper, Path file, long line, @Nullable String text) {
    try {
      JsonNode node = text == null ? null : mapper.readTree(text);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw wrong(file, line, "no JSON", "a record a line", e);
    }
    throw wrong(file, line, "no JSON object", "a record a line", null);
  }

  private static IllegalArgumentException wrong(
      Path file, long line, @Nullable String found, String accepted, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        file + ":" + line + ":1: found " + found + "; accepted: " + accepted, cause);
  }
}
