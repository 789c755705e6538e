package io.dualbid.core.landscape;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Writes and reads back. */
final class Written {
  private Written() {}

  static PriceLandscape again(PriceLandscape landscape) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    landscape.write(new DataOutputStream(bytes));
    return PriceLandscape.read(in(bytes.toByteArray()));
  }

  static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
