package io.dualbid.simulator.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A command run within this JVM, with what it printed. */
record Captured(int status, String out, String err) {
  static synchronized Captured run(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try (PrintStream ownOut = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
        PrintStream ownErr = new PrintStream(errBytes, true, StandardCharsets.UTF_8)) {
      System.setOut(ownOut);
      System.setErr(ownErr);
      int status = Main.execute(args);
      return new Captured(
          status,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
