package io.dualbid.simulator.chaos;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.engine.Pacer;
import io.dualbid.core.pacing.PacingConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** Pacers as bytes, in the form in which the job keeps them. */
final class PacerState {
  private PacerState() {}

  /**
   * A pacer's state.
   *
   * @param definitions the definition in force of each campaign, as it was read
   */
  static byte[] write(Pacer pacer, Map<String, byte[]> definitions) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(2_048);
      pacer.write(
          new DataOutputStream(bytes),
          (campaign, out) -> {
            byte[] definition = Objects.requireNonNull(definitions.get(campaign.id()));
            out.writeInt(definition.length);
            out.write(definition);
          });
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  /** The pacer of a state. */
  static Pacer read(PacingConfig config, byte[] state) {
    try {
      return Pacer.read(
          config,
          new DataInputStream(new ByteArrayInputStream(state)),
          in -> {
            byte[] definition = new byte[in.readInt()];
            in.readFully(definition);
            return Configurations.acceptedCampaign(definition);
          });
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }
}
