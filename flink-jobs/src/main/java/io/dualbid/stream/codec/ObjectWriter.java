package io.dualbid.stream.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object after another with one generator: setting up a generator costs about as
 * much as writing a response. Not thread safe: one writer a thread.
 */
final class ObjectWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
  private @Nullable JsonGenerator generator;

  /** An object with these fields, as bytes. */
  byte[] object(Json.Fields fields) {
    bytes.reset();
    JsonGenerator out = generator;
    // Unless all goes well the generator is left within an object, and is of no more use.
    generator = null;
    try {
      if (out == null) {
        out = Json.FACTORY.createGenerator(bytes);
        out.setRootValueSeparator(null);
      }
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    generator = out;
    return bytes.toByteArray();
  }
}
