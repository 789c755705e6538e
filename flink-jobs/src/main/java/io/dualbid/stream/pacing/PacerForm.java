package io.dualbid.stream.pacing;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.engine.Pacer;
import io.dualbid.core.pacing.PacingConfig;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The form in which a pacer is saved: its own versioned bytes, with the definition of its campaign
 * as the topic held it within.
 */
final class PacerForm {
  private PacerForm() {}

  static byte[] write(TickQueue.Entry entry) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(4096);
    entry.pacer.write(
        out,
        (campaign, data) -> {
          byte[] definition = Objects.requireNonNull(entry.definition);
          data.writeInt(definition.length);
          data.write(definition);
        });
    return out.getCopyOfBuffer();
  }

  /**
   * Reads what {@link #write} wrote, in this version or an earlier one.
   *
   * @throws IOException if it is of a version that this code doesn't read
   */
  static TickQueue.Entry read(String id, PacingConfig pacing, byte[] bytes) throws IOException {
    byte[][] definition = new byte[1][];
    Pacer pacer =
        Pacer.read(
            pacing,
            new DataInputDeserializer(bytes),
            data -> {
              definition[0] = new byte[data.readInt()];
              data.readFully(definition[0]);
              return Configurations.acceptedCampaign(definition[0]);
            });
    TickQueue.Entry entry = new TickQueue.Entry(id, pacer);
    entry.definition = definition[0];
    return entry;
  }
}
